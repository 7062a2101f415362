#include "check.h"
#include "domain/login.h"

static const char *
base(const char *first, const char *last)
{
	static char out[LOGIN_ROOM];

	login_base(first, last, out);
	return out;
}

static const char *
suffixed(const char *of, unsigned int k)
{
	static char out[LOGIN_ROOM];

	login_suffix(of, k, out);
	return out;
}

static void
short_names(void)
{
	CHECK_TEXT(base("Élodie", "ZYŻNIEWSKA"), "elodie.zyzniewska");
	CHECK_TEXT(base("A", "LY"), "a.ly");
	CHECK_TEXT(base("Anne-Sophie", "ROUX"), "anne-sophie.roux");
	CHECK_TEXT(base("Thị Hồng", "NGUYỄN"), "thi-hong.nguyen");
	CHECK_TEXT(base("Zoe\u0308", "PE\u0302CHEUR"), "zoe.pecheur");
	CHECK_TEXT(base(" -Li--Wei- ", "M'BA -- YE"), "li-wei.mba-ye");
}

static void
compound_first_names(void)
{
	CHECK_TEXT(base("Jean-François", "BERNARD"), "jf.bernard");
	/* exactly 20, not cut */
	CHECK_TEXT(base("Marie-Claude", "BERNARD"), "marie-claude.bernard");
	CHECK_TEXT(base("Marie-Françoise", "LE BRAZ DE KERGUÉLEN"),
	    "mf.lebrazdekerguelen");
	CHECK_TEXT(base("José María", "ÑUÑEZ Y GARCÍA"), "jm.nunezygarcia");
}

static void
long_names(void)
{
	CHECK_TEXT(base("Li", "WOLFESCHLEGELSTEINHAUSENBERGERDORFF"),
	    "li.wolfeschlegelstei");
	CHECK_TEXT(base("Jean-Baptiste", "VAN DER STRAETEN-PONTHOZ"),
	    "jb.vanderstraeten-po");
	CHECK_TEXT(base("Maximilianusalexanderius", "Li"),
	    "maximilianusalexande");
	CHECK_TEXT(base("a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v", "Li"),
	    "abcdefghijklmnopqrst");
}

static void
names_without_letters(void)
{
	char out[LOGIN_ROOM] = "before";

	CHECK_TEXT(base("明", "LI"), "li");
	CHECK_TEXT(base("Ming", "李"), "ming");
	CHECK(!login_base("明", "李", out));
	CHECK_TEXT(out, "");
	CHECK(login_base("x", "", out));
}

static void
taken_logins(void)
{
	CHECK_TEXT(suffixed("lucas.martin", 1), "lucas.martin");
	CHECK_TEXT(suffixed("lucas.martin", 2), "lucas.martin2");
	CHECK_TEXT(suffixed("jb.vanderstraeten-po", 2), "jb.vanderstraeten-p2");
	CHECK_TEXT(suffixed("jb.vanderstraeten-po", 10),
	    "jb.vanderstraeten-10");
	CHECK_TEXT(suffixed("jb.vanderstraeten-po", 4294967295u),
	    "jb.vanders4294967295");
}

static const struct check_test tests[] = {
	{ "M-036 a login is first name, point, last name", short_names },
	{ "M-037 a compound first name gives its initials",
	    compound_first_names },
	{ "M-038 what is still too long is cut at 20", long_names },
	{ "M-036 a name without Latin letters is left out",
	    names_without_letters },
	{ "M-039 G-16 a login that is taken gets a number within 20",
	    taken_logins },
};

CHECK_MAIN(tests)

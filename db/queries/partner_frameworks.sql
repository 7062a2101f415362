-- Every version of every framework, for a bilan may speak of an old one.
SELECT json_build_object('code', f.code, 'version', f.version::text,
           'title', f.title)::text AS framework
  FROM framework f
 ORDER BY f.code, f.version;

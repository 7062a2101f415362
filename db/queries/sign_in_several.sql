-- Accounts of a login in schools that share an address.
-- $1 login
SELECT uai, name, password FROM acquis.sign_in_several($1);

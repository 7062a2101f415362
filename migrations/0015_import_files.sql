-- Both label files of an import: Nomenclature.xml and Structures.xml may now
-- come together.  What is kept until the commit is each file as it was sent,
-- an archive too, under one kind of those it holds.
ALTER TABLE import ADD COLUMN structures bytea;
ALTER TABLE import DROP CONSTRAINT import_keeps_no_file;
ALTER TABLE import ADD CONSTRAINT import_keeps_no_file CHECK (
    state = 'previewed'
    OR coalesce(staff, learners, guardians, labels, structures) IS NULL);

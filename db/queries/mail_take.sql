-- The next mail that is due, for three minutes the caller's to send.
SELECT school_id, id, address, template, language, detail, link_id, name,
       login, school, written, tries
  FROM acquis.mail_take();

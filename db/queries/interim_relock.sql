-- Lock again what was unlocked until a moment that has passed.
SELECT acquis.relock();

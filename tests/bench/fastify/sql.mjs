// The statements of the peer: plain conditions, no row-level security.

export const session = { name: 'session', text: `
	SELECT school_id, person_id, roles,
	       seen_at < now() - interval '1 minute' AS idle_minute
	  FROM session
	 WHERE token = $1 AND expires_at > now() AND seen_at + idle > now()` };

export const sessionSeen = { name: 'session_seen',
	text: 'UPDATE session SET seen_at = now() WHERE token = $1' };

// The learner, the class of this year, and whether a guardian asks.
export const head = { name: 'head', text: `
	SELECT p.id, p.first_name,
	       coalesce(p.usual_name, p.last_name) AS last_name, p.track,
	       c.id AS class_id, c.code AS class_code, c.framework_id,
	       $3::integer & 32 <> 0 AND EXISTS (
	           SELECT FROM guardianship g
	             JOIN school o ON o.school_id = g.school_id
	            WHERE g.school_id = $1 AND g.guardian_id = $4
	              AND g.learner_id = p.id AND g.active AND g.legal
	              AND o.guardians_open) AS is_guardian,
	       CASE WHEN $3::integer & 8 <> 0 AND EXISTS (
	           SELECT FROM teaching t
	             JOIN class_group g ON g.school_id = t.school_id
	                               AND g.id = t.class_id
	             JOIN enrolment n ON n.school_id = t.school_id
	                             AND n.class_id = t.class_id
	            WHERE t.school_id = $1 AND t.teacher_id = $4
	              AND n.learner_id = p.id AND g.active AND n.active)
	           THEN 'write'
	           WHEN $3::integer & 2 <> 0 THEN 'read'
	           ELSE 'none' END AS draft_access
	  FROM person p
	 CROSS JOIN LATERAL (
	       SELECT g.id, g.code, g.framework_id
	         FROM enrolment n
	         JOIN class_group g ON g.school_id = n.school_id
	                           AND g.id = n.class_id
	        WHERE n.school_id = p.school_id AND n.learner_id = p.id
	          AND n.active AND g.kind = 'class'
	        ORDER BY g.school_year DESC, g.id DESC
	        LIMIT 1) c
	 WHERE p.school_id = $1 AND p.id = $2 AND p.track IS NOT NULL` };

export const evaluations = { name: 'evaluations', text: `
	SELECT e.id, e.framework_key, e.title, e.complexity, e.context,
	       e.class_level, e.assessed_on, s.frozen > 0 AS taken, e.items,
	       e.dropped, s.marks, a.id AS author_id, a.first_name,
	       coalesce(a.usual_name, a.last_name) AS last_name
	  FROM sheet s
	  JOIN evaluation e ON e.school_id = s.school_id
	                   AND e.id = s.evaluation_id
	  JOIN framework f ON f.key = e.framework_key
	  JOIN person a ON a.school_id = e.school_id AND a.id = e.author_id
	  JOIN school o ON o.school_id = s.school_id
	 WHERE s.school_id = $1 AND s.learner_id = $2 AND s.active
	   AND e.visible AND e.deleted_at IS NULL AND f.id = $3
	 ORDER BY s.frozen > 0 DESC,
	          CASE o.order_by WHEN 'modification' THEN e.modified_at
	                          ELSE e.assessed_on::timestamptz END, e.id` };

export const interims = { name: 'interims', text: `
	SELECT i.id, r.positions,
	       to_char(i.confirmed_at AT TIME ZONE 'UTC',
	               'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS confirmed_at,
	       a.id AS author_id, a.first_name,
	       coalesce(a.usual_name, a.last_name) AS last_name
	  FROM interim i
	  JOIN framework f ON f.key = i.framework_key
	  JOIN interim_revision r ON r.school_id = i.school_id
	                         AND r.interim_id = i.id
	                         AND r.revision = i.revision
	  JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
	 WHERE i.school_id = $1 AND i.learner_id = $2 AND f.id = $3
	 ORDER BY i.confirmed_at, i.id` };

export const draft = { name: 'draft', text: `
	SELECT d.positions
	  FROM draft d
	  JOIN framework f ON f.key = d.framework_key
	 WHERE d.school_id = $1 AND d.learner_id = $2 AND f.id = $3` };

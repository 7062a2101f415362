-- Partners that pull: accesses, what they pulled, what they answered.

CREATE TABLE partner_access (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    name       text   NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    prefix     text   NOT NULL UNIQUE CHECK (prefix ~ '^[0-9a-f]{8}$'),
    secret     bytea  NOT NULL,        -- SHA-256 of the secret
    scopes     text[] NOT NULL,
    networks   cidr[] NOT NULL DEFAULT '{}', -- empty: from anywhere
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,            -- NULL: good until it expires
    PRIMARY KEY (school_id, id),
    CONSTRAINT partner_access_scopes_known CHECK (scopes <@
        ARRAY['assessments:read', 'lsl:read', 'roster:read'])
);
CALL acquis.guard('partner_access', 'SELECT, INSERT');
GRANT UPDATE (revoked_at) ON partner_access TO acquis_api;

-- One row a pull; no names.
CREATE TABLE partner_pull (
    school_id  bigint NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    access_id  bigint NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    address    inet,
    request    text   NOT NULL,
    items      integer NOT NULL,
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, access_id) REFERENCES partner_access
);
CREATE INDEX partner_pull_access ON partner_pull (school_id, access_id, at);
CALL acquis.guard('partner_pull', 'SELECT, INSERT');

CREATE TABLE partner_delivery (
    school_id  bigint NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    access_id  bigint NOT NULL,
    key        text   NOT NULL,
    request    bytea  NOT NULL,
    body       jsonb  NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, id),
    CONSTRAINT partner_delivery_is_one UNIQUE (school_id, access_id, key),
    FOREIGN KEY (school_id, access_id) REFERENCES partner_access
);
CALL acquis.guard('partner_delivery', 'SELECT, INSERT');

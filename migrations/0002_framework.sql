-- Frameworks (référentiels): data of the nation, the same for every school.
--
-- A framework is loaded whole from a file and never edited: a corrected file
-- becomes the next version, and what was assessed with an older one keeps it.
-- Numbers order competencies and criteria within one version; grids and
-- positions are packed in that order.

CREATE TABLE framework (
    key       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id        text    NOT NULL,    -- bacpro-melec
    version   integer NOT NULL,
    code      text    NOT NULL,
    title     text    NOT NULL,
    short_title text  NOT NULL,
    status    text    NOT NULL CHECK (status IN ('in_force', 'legacy')),
    current   boolean NOT NULL,
    sha256    bytea   NOT NULL,
    document  text    NOT NULL,    -- the file, byte for byte
    loaded_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, version)
);
CREATE UNIQUE INDEX framework_current ON framework (id) WHERE current;

CREATE TABLE competency (
    framework_key integer  NOT NULL REFERENCES framework,
    number        smallint NOT NULL, -- 1.., assessable ones, in order
    id            text     NOT NULL,
    code          text     NOT NULL,
    title         text     NOT NULL,
    PRIMARY KEY (framework_key, number),
    UNIQUE (framework_key, id)
);

CREATE TABLE criterion (
    framework_key integer  NOT NULL,
    number        smallint NOT NULL, -- 1.. over the whole framework
    competency_number smallint NOT NULL,
    id            text     NOT NULL,
    title         text     NOT NULL,
    PRIMARY KEY (framework_key, number),
    UNIQUE (framework_key, id),
    FOREIGN KEY (framework_key, competency_number) REFERENCES competency
);

GRANT SELECT ON framework, competency, criterion TO acquis_api;

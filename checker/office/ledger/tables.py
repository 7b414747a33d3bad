"""The tables and views of the ledger, step by step: a new ledger goes through all steps, an older one through the rest.

A step that was published is never changed. `docs/office.md` describes tables and views for those who read them.
"""

from __future__ import annotations

from typing import Final

_TABLES: Final = """
CREATE TABLE season (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  UNIQUE (kind, year)
);
CREATE TABLE round (
  season INTEGER NOT NULL REFERENCES season,
  number INTEGER NOT NULL,
  as_of TEXT NOT NULL,
  rulebook TEXT NOT NULL,
  tool TEXT NOT NULL,
  PRIMARY KEY (season, number)
);
CREATE TABLE document (
  sha256 TEXT NOT NULL,
  part INTEGER NOT NULL,
  result BLOB NOT NULL,
  PRIMARY KEY (sha256, part)
);
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  season INTEGER NOT NULL REFERENCES season,
  place TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  part INTEGER NOT NULL,
  path TEXT NOT NULL,
  below TEXT NOT NULL,
  round INTEGER NOT NULL,
  seen_on TEXT NOT NULL,
  unit TEXT,
  role TEXT,
  why TEXT,
  UNIQUE (season, place, sha256, part)
);
CREATE TABLE standing (
  season INTEGER NOT NULL REFERENCES season,
  round INTEGER NOT NULL,
  unit TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  due TEXT,
  received_on TEXT,
  received_by TEXT,
  days_late INTEGER,
  sha256 TEXT,
  part INTEGER,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  PRIMARY KEY (season, round, unit)
);
CREATE TABLE finding (
  season INTEGER NOT NULL REFERENCES season,
  round INTEGER NOT NULL,
  unit TEXT NOT NULL,
  rule TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (season, round, unit, rule, fingerprint)
);
CREATE TABLE receipt (
  season INTEGER NOT NULL REFERENCES season,
  unit TEXT NOT NULL,
  day TEXT NOT NULL,
  file TEXT NOT NULL
);
CREATE TABLE decision (
  season INTEGER NOT NULL REFERENCES season,
  sort TEXT NOT NULL,
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (season, sort, about)
);
"""

_VIEWS: Final = """
CREATE VIEW last_round AS
  SELECT season.id AS season, season.kind, season.year, max(round.number) AS round
  FROM season JOIN round ON round.season = season.id GROUP BY season.id;
CREATE VIEW unit_now AS
  SELECT last_round.kind, last_round.year, last_round.round, standing.unit, standing.state, standing.why,
    standing.due, standing.received_on, standing.received_by, standing.days_late, standing.errors, standing.warnings
  FROM standing JOIN last_round ON last_round.season = standing.season AND last_round.round = standing.round;
CREATE VIEW version_in_force AS
  SELECT season.kind, season.year, submission.unit, submission.path, submission.sha256, submission.round
  FROM submission JOIN season ON season.id = submission.season WHERE submission.role = 'in_force';
CREATE VIEW finding_now AS
  SELECT last_round.kind, last_round.year, finding.unit, finding.rule, finding.severity, finding.message,
    finding.fingerprint, decision.text AS opinion
  FROM finding
  JOIN last_round ON last_round.season = finding.season AND last_round.round = finding.round
  LEFT JOIN decision ON decision.season = finding.season AND decision.sort = 'opinion'
    AND decision.about = finding.fingerprint;
"""

STEPS: Final = (_TABLES, _VIEWS)
"""What brings a ledger from the version before to the next one."""

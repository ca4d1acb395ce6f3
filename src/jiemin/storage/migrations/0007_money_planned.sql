-- Of a measure that was delivered: the money that was planned, which what was given then takes the place of.
-- Of those delivered before, what was planned is not known apart; it is held to be what was given.

ALTER TABLE measure ADD COLUMN planned_fen INTEGER;
ALTER TABLE measure ADD COLUMN planned_source TEXT;
UPDATE measure SET planned_fen = amount_fen, planned_source = source WHERE delivered_on IS NOT NULL;

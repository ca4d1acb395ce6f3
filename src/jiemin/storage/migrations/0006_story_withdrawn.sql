-- Stories that are withdrawn: they stay on record with the reason, and are no longer counted or printed.

ALTER TABLE story ADD COLUMN withdrawn_on TEXT;
ALTER TABLE story ADD COLUMN withdrawn_reason TEXT;

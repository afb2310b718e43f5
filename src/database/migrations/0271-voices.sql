-- Beside the people of a stakeholder group stands how many voices they have: those of one organisation share one. It says who speaks for the
-- same organisation, and nothing of what anybody thinks.

alter table opinion_cells add column voices int check (voices > 0 and voices <= agree + disagree + pass);
comment on column opinion_cells.voices is 'Of a group: its people, those of one organisation counted once, when the cell was published; null in other tables, and where it was published before this was counted.';

-- Readiness of the universities among the pairings: how many have what, and on how many anything
-- is recorded. Affiliated schools are names; the few words for "none" are no name.
WITH paired AS (SELECT DISTINCT university_no FROM pairings)
SELECT
    count(*) AS universities,
    count(*) FILTER (WHERE has_leading_group) AS leading_group,
    count(has_leading_group) AS leading_group_known,
    count(*) FILTER (WHERE has_incentives) AS incentives,
    count(has_incentives) AS incentives_known,
    count(*) FILTER (WHERE NOT list_contains($words_for_none, lower(affiliated_schools)))
        AS affiliated,
    count(affiliated_schools) AS affiliated_known
FROM universities
INNER JOIN paired USING (university_no)

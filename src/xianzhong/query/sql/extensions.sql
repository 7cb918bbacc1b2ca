-- Activities that reach beyond the school, by what they reach.
SELECT
    extension AS code,
    count(*) AS activities,
    count(DISTINCT school_no) AS schools,
    sum(people_sent)::BIGINT AS people_sent,
    sum(participants)::BIGINT AS participants
FROM facts
WHERE extension IS NOT NULL
GROUP BY extension
ORDER BY extension

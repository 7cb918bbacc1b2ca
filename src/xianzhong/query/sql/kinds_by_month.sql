-- Activities of a view by kind and month: which measures, when.
SELECT
    kind,
    date_trunc('month', "start")::DATE AS "month",
    count(*) AS activities,
    sum(people_sent)::BIGINT AS people_sent,
    sum(participants)::BIGINT AS participants
FROM facts_any
GROUP BY ALL
ORDER BY ALL

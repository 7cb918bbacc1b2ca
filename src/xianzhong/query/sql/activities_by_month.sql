-- Activities, people sent and active schools by month of their start.
SELECT
    date_trunc('month', "start")::DATE AS "month",
    count(*) AS activities,
    sum(people_sent)::BIGINT AS people_sent,
    sum(participants)::BIGINT AS participants
FROM facts
GROUP BY 1
ORDER BY 1

-- Activities of the view by the day on which they begin, within the days asked for; those known
-- only to the month stand at its first day, and apart.
SELECT "start" AS "day", start_precision = 'month' AS monthly, count(*) AS activities
FROM facts
WHERE "start" BETWEEN $year_start AND $year_end
GROUP BY ALL
ORDER BY ALL

-- Activities by what stands in the column of the subject; NULL where nothing does.
SELECT subject, count(*) AS activities
FROM activities
GROUP BY subject
ORDER BY activities DESC, subject
LIMIT $row_limit

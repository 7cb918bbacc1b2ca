-- The day on which the $row_limit-th newest activity begins, for reading no more files than
-- that many records need.
SELECT min("start") AS since
FROM (SELECT "start" FROM facts ORDER BY "start" DESC LIMIT $row_limit)

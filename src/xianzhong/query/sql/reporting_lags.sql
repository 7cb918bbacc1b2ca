-- How many activities of each place ($level) were reported how many days after their end. Below
-- zero: reported while they still ran.
SELECT
    coalesce(
        CASE $level
            WHEN 'province' THEN province
            WHEN 'prefecture' THEN coalesce(nullif(prefecture, ''), county_code)
            ELSE county_code
        END,
        ''
    ) AS code,
    date_diff('day', ended_on, reported_on) AS days,
    count(*) AS activities
FROM facts
WHERE reported_on IS NOT NULL
GROUP BY ALL
ORDER BY ALL

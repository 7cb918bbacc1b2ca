-- Difficulties, with the school's number, name and place. What names a school that is
-- not, or no longer, on record lies in no place. A date known only to the month counts to the
-- month's end: `raised_on`, `due_on` and, of what is resolved, `resolved_on`.
SELECT
    source.*,
    CASE WHEN raised_precision = 'month' THEN last_day(raised) ELSE raised END AS raised_on,
    CASE WHEN due_precision = 'month' THEN last_day(due) ELSE due END AS due_on,
    CASE
        WHEN "state" <> 'resolved' THEN NULL
        WHEN resolved_precision = 'month' THEN last_day(resolved)
        ELSE resolved
    END AS resolved_on,
    school.school_no,
    school.name AS school_name,
    school.county_code,
    school.county,
    school.prefecture,
    school.province
FROM source
LEFT JOIN base.schools AS school USING (school_code)

-- The first difficulties of each state: overdue ones first and the longest overdue before the
-- others, then by due date; of the resolved ones the latest.
SELECT
    difficulty_code,
    title,
    school_code,
    coalesce(school_name, school_code) AS school,
    coalesce(county, '') AS county,
    "owner",
    raised,
    raised_precision,
    due,
    due_precision,
    resolved,
    resolved_precision,
    standing,
    days_overdue,
    days_taken
FROM difficulties_judged
WHERE
    ($in_charge = '' OR coalesce("owner", '-') = $in_charge)
    AND (standing <> 'resolved' OR resolved_on IS NOT NULL OR $all_time)
QUALIFY row_number() OVER (
    PARTITION BY standing
    ORDER BY
        days_overdue DESC NULLS LAST,
        CASE WHEN standing = 'resolved' THEN resolved_on END DESC NULLS LAST,
        due_on NULLS LAST,
        raised_on NULLS LAST,
        difficulty_code
) <= $row_limit
ORDER BY
    days_overdue DESC NULLS LAST,
    CASE WHEN standing = 'resolved' THEN resolved_on END DESC NULLS LAST,
    due_on NULLS LAST,
    raised_on NULLS LAST,
    difficulty_code

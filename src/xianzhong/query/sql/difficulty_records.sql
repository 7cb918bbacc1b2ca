-- Difficulties with all that is recorded of them and how they stood at the reference day,
-- overdue ones first; one of them where $item is its code.
SELECT
    difficulty_code,
    school_code,
    coalesce(school_name, school_code) AS school,
    coalesce(province, '') AS province,
    coalesce(county, '') AS county,
    coalesce(county_code, '') AS county_code,
    title,
    raised,
    raised_precision,
    "owner",
    due,
    due_precision,
    "state",
    resolved,
    resolved_precision,
    note,
    source,
    source_date,
    source_url,
    commit_id,
    standing,
    days_overdue,
    days_taken
FROM difficulties_judged
WHERE
    ($in_charge = '' OR coalesce("owner", '-') = $in_charge)
    AND ($item = '' OR difficulty_code = $item)
ORDER BY
    standing = 'resolved',
    days_overdue DESC NULLS LAST,
    due_on NULLS LAST,
    raised_on NULLS LAST,
    difficulty_code
LIMIT $row_limit

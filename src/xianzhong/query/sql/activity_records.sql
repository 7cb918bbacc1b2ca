-- The records behind a view, newest first. A record counts even where its school is not, or no
-- longer, on record: then its code stands for its name.
SELECT
    activities.activity_code,
    activities."start",
    activities.start_precision,
    activities."end",
    activities.end_precision,
    activities.university_code,
    activities.school_code,
    coalesce(schools.name, activities.school_code) AS school,
    coalesce(schools.province, '') AS province,
    coalesce(schools.prefecture, '') AS prefecture,
    coalesce(schools.county, '') AS county,
    coalesce(schools.county_code, '') AS county_code,
    activities.kind,
    activities.title,
    activities.people_sent,
    activities.participants,
    activities.audience,
    activities.days_on_site,
    activities.lessons,
    activities.subject,
    activities.place,
    activities.extension,
    activities.note,
    activities.source,
    activities.source_date,
    activities.source_url,
    activities.reported_on,
    date_diff('day', activities.ended_on, activities.reported_on) AS lag_days
FROM activities
LEFT JOIN schools USING (school_code)
WHERE activities."start" >= $since
ORDER BY activities."start" DESC, activities.activity_code
LIMIT $row_limit OFFSET $row_offset

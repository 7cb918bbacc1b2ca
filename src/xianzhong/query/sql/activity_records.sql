-- The records behind a view, newest first.
SELECT
    activities.activity_code,
    activities."start",
    activities.start_precision,
    activities."end",
    activities.end_precision,
    activities.university_code,
    activities.school_code,
    schools.name AS school,
    schools.province,
    schools.prefecture,
    schools.county,
    schools.county_code,
    activities.kind,
    activities.title,
    activities.people_sent,
    activities.participants,
    activities.days_on_site,
    activities.lessons,
    activities.subject,
    activities.place,
    activities.note,
    activities.source,
    activities.source_date,
    activities.source_url
FROM activities
INNER JOIN schools USING (school_code)
ORDER BY activities."start" DESC, activities.activity_code
LIMIT $row_limit OFFSET $row_offset

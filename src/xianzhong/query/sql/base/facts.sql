-- Activities with only what is counted: running numbers instead of codes, the place of the
-- school, the day it ended at the latest, the day it was reported. Sorted by place, so that
-- questions about one place read little.
SELECT
    -- A school or university that is no longer on record keeps a number of its own, below zero.
    coalesce(schools.school_no, -1 - (hash(source.school_code) % 1000000000)::INTEGER)
        AS school_no,
    coalesce(universities.university_no, -1 - (hash(source.university_code) % 1000000000)::INTEGER)
        AS university_no,
    schools.province,
    schools.prefecture,
    schools.county_code,
    source.kind,
    source."start",
    source.start_precision,
    source.people_sent::INTEGER AS people_sent,
    source.participants::INTEGER AS participants,
    source.days_on_site,
    source.lessons,
    source.audience,
    source.extension,
    CASE
        WHEN coalesce(source.end_precision, source.start_precision) = 'month'
            THEN last_day(coalesce(source."end", source."start"))
        ELSE coalesce(source."end", source."start")
    END AS ended_on,
    uploads.uploaded_on AS reported_on
FROM source
LEFT JOIN base.schools AS schools USING (school_code)
LEFT JOIN base.universities AS universities USING (university_code)
LEFT JOIN base.uploads AS uploads ON uploads.upload_id = source.upload_id
ORDER BY schools.province, schools.county_code, schools.school_no

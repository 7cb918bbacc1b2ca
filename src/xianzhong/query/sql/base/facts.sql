-- Activities with only what is counted: codes as enumerations, the day it ended at the latest,
-- the day it was reported.
SELECT
    source.school_code::base.school_code AS school_code,
    source.university_code::base.university_code AS university_code,
    source.kind::base.kind AS kind,
    source."start",
    source.start_precision,
    source.people_sent::INTEGER AS people_sent,
    source.participants::INTEGER AS participants,
    source.days_on_site,
    source.lessons,
    CASE
        WHEN coalesce(source.end_precision, source.start_precision) = 'month'
            THEN last_day(coalesce(source."end", source."start"))
        ELSE coalesce(source."end", source."start")
    END AS ended_on,
    uploads.uploaded_on AS reported_on
FROM source
LEFT JOIN base.uploads AS uploads USING (upload_id)

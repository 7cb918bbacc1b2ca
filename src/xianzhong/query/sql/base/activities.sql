-- Activities in full, with the day they ended at the latest and the day they were reported.
SELECT
    source.*,
    CASE
        WHEN coalesce(source.end_precision, source.start_precision) = 'month'
            THEN last_day(coalesce(source."end", source."start"))
        ELSE coalesce(source."end", source."start")
    END AS ended_on,
    uploads.uploaded_on AS reported_on
FROM source
LEFT JOIN base.uploads AS uploads ON uploads.upload_id = source.upload_id

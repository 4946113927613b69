-- Dataverse's records. A name with an @ holds the label of a choice, or of a record that is pointed to, or its kind.

-- An account.
create macro dynamics_account(payload) as
    json_transform(
        payload,
        '{
            "accountid": "VARCHAR", "name": "VARCHAR", "emailaddress1": "VARCHAR", "websiteurl": "VARCHAR",
            "industrycode@OData.Community.Display.V1.FormattedValue": "VARCHAR", "customertypecode": "VARCHAR",
            "numberofemployees": "VARCHAR", "address1_country": "VARCHAR",
            "_territoryid_value@OData.Community.Display.V1.FormattedValue": "VARCHAR",
            "_parentaccountid_value": "VARCHAR", "_owninguser_value": "VARCHAR", "_masterid_value": "VARCHAR",
            "merged": "BOOLEAN", "createdon": "VARCHAR", "transactioncurrencyid": {"isocurrencycode": "VARCHAR"}
        }'
    );

-- An entry of the audit log about a deletion.
create macro dynamics_deletion(payload) as
    json_transform(payload, '{"_objectid_value": "VARCHAR", "objecttypecode": "VARCHAR"}');

-- The end of a record of a stream, as an entry of the audit log tells it: what is known of the record stays, and counts
-- until then.
create macro dynamics_tombstone(origin, stream, record_id) as {
    'stream': stream,
    'file': origin."file",
    'raw_file': origin.raw_file,
    'position': origin.position,
    'record_id': record_id,
    'updated_at': origin.updated_at,
    'extracted_at': origin.extracted_at,
    'run_id': origin.run_id,
    'is_deleted': true
};

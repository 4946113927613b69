-- What the records of HubSpot are made with: the values of properties are texts.

-- A property with all of its values, of which there has been one.
create macro history_of(value, instant) as case
    when value is null then []
    else [{'value': value, 'timestamp': instant, 'sourceType': 'CRM_UI'}]
end;

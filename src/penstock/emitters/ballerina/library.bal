isolated function jsonMember(json value, string name) returns json => value is map<json> ? value[name] : ();

isolated function fittingDecimal(decimal|error value, decimal 'limit, int scale, string reason) returns decimal|error {
    if value is error || value.abs() >= 'limit {
        return error(reason);
    }
    decimal fitted = value.round(scale);
    return fitted == value ? fitted : error(reason);
}

isolated function finiteFloat(float|error value, string reason) returns float|error =>
    value is error || !value.isFinite() ? error(reason) : value;

isolated function dateOf(string value, string reason) returns string|error {
    if !re `[0-9]{4}-[0-9]{2}-[0-9]{2}`.isFullMatch(value) {
        return error(reason);
    }
    int year = check int:fromString(value.substring(0, 4));
    int month = check int:fromString(value.substring(5, 7));
    int day = check int:fromString(value.substring(8));
    boolean fits = year > 0 && month > 0 && month < 13 && day > 0 && day <= daysOfMonth(year, month);
    return fits ? value : error(reason);
}

isolated function daysOfMonth(int year, int month) returns int {
    if month == 2 {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

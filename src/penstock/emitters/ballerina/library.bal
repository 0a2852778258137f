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

isolated function replaceText(string value, string text, string replacement) returns string {
    if text == "" {
        return value;
    }
    string made = "";
    int position = 0;
    int? found = value.indexOf(text);
    while found is int {
        made += value.substring(position, found) + replacement;
        position = found + text.length();
        found = value.indexOf(text, position);
    }
    return made + value.substring(position);
}

isolated function groupOf(string:RegExp pattern, string value, int group) returns string? {
    regexp:Groups? groups = pattern.findGroups(value);
    if groups is () || group >= groups.length() {
        return ();
    }
    regexp:Span? span = groups[group];
    return span is () ? () : span.substring();
}

isolated function partOf(string value, int 'start, int length) returns string {
    int begin = int:min('start, value.length());
    return value.substring(begin, begin + int:min(length, value.length() - begin));
}

isolated function wholeNumberOf(string value) returns int|error {
    if !re `[+\-]?[0-9]+([.]0+)?`.isFullMatch(value) {
        return error("no whole number");
    }
    return int:fromString(re `[.]0+`.replace(value, ""));
}

isolated function wholeOfDecimal(decimal value) returns int|error =>
    value.floor() == value ? <int>value : error("no whole number");

isolated function wholeOfFloat(float value) returns int|error =>
    value.floor() == value ? <int>value : error("no whole number");

isolated function decimalOf(string value) returns decimal|error {
    if !re `[+\-]?[0-9]+([.][0-9]*)?`.isFullMatch(value) {
        return error("no number");
    }
    string digits = plainDigits(value);
    string sized = re `^-?0[.]0*|^-|[.]|0+$`.replaceAll(digits, "");
    if sized.length() > 34 {
        return error("more digits than a decimal holds");
    }
    return decimal:fromString(digits);
}

isolated function floatOf(string value) returns float|error {
    if !re `[+\-]?[0-9]+([.][0-9]+)?([eE][+\-]?[0-9]+)?`.isFullMatch(value) {
        return error("no number");
    }
    return float:fromString(plainDigits(value));
}

isolated function plainDigits(string value) returns string {
    string sign = value.startsWith("-") ? "-" : "";
    string digits = re `^[+\-]?0*`.replace(value, "");
    string whole = re `^[0-9]`.find(digits) is () ? "0" + digits : digits;
    return sign + (whole.endsWith(".") ? whole + "0" : whole);
}

isolated function roundedHalfEven(decimal value, int scale, decimal half) returns decimal => value.round(scale);

isolated function roundedHalfUp(decimal value, int scale, decimal half) returns decimal {
    decimal even = value.round(scale);
    if (value - even).abs() != half || even.abs() > value.abs() {
        return even;
    }
    return value < 0d ? even - half - half : even + half + half;
}

isolated function roundedFloatHalfEven(float value, int scale, decimal half) returns float =>
    value.abs() >= 1e15f ? value : <float>roundedHalfEven(decimalOfFloat(value), scale, half);

isolated function roundedFloatHalfUp(float value, int scale, decimal half) returns float =>
    value.abs() >= 1e15f ? value : <float>roundedHalfUp(decimalOfFloat(value), scale, half);

isolated function decimalOfFloat(float value) returns decimal => checkpanic decimalOf(value.toFixedString(()));

isolated function decimalText(decimal value, int scale) returns string {
    decimal whole = value.abs().floor();
    string fraction = scale > 0 ? (value.abs() - whole + 1d).round(scale).toString().substring(1) : "";
    return (value < 0d ? "-" : "") + whole.round(0).toString() + fraction;
}

isolated function floatText(float value) returns string|error {
    string text = re `[.]0*$`.replace(value.toFixedString(()), "");
    int? point = text.indexOf(".");
    if value.abs() >= 1e18f || (point is int && text.length() - point > 21) {
        return error("needs an exponent");
    }
    return text == "-0" ? "0" : text;
}

isolated function sumOfInts(int?[] values) returns int?|error {
    decimal? total = sumOfDecimals(from int? value in values select value is int ? <decimal>value : ());
    return total is () ? () : <int>total;
}

isolated function sumOfDecimals(decimal?[] values) returns decimal? {
    decimal? total = ();
    foreach decimal? value in values {
        if value is decimal {
            total = (total ?: 0d) + value;
        }
    }
    return total;
}

isolated function sumOfFloats(float?[] values) returns float? {
    float? total = ();
    foreach float? value in values {
        if value is float {
            total = (total ?: 0f) + value;
        }
    }
    return total;
}

isolated function firstInt(int[] values) returns int? => values.length() == 0 ? () : values[0];

isolated function firstDecimal(decimal[] values) returns decimal? => values.length() == 0 ? () : values[0];

isolated function firstFloat(float[] values) returns float? => values.length() == 0 ? () : values[0];

isolated function firstText(string[] values) returns string? => values.length() == 0 ? () : values[0];

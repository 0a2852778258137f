isolated function dateOf(string value, string reason) returns string|error =>
    isDay(value) ? value : error(reason);

isolated function isDay(string value) returns boolean {
    if !re `[0-9]{4}-[0-9]{2}-[0-9]{2}`.isFullMatch(value) {
        return false;
    }
    int year = number(value, 0, 4);
    int month = number(value, 5, 7);
    int day = number(value, 8, 10);
    return year > 0 && month > 0 && month < 13 && day > 0 && day <= daysOfMonth(year, month);
}

isolated function number(string value, int 'start, int end) returns int =>
    checkpanic int:fromString(value.substring('start, end));

isolated function daysOfMonth(int year, int month) returns int {
    if month == 2 {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

isolated function dayNumber(int year, int month, int day) returns int {
    int shifted = month > 2 ? year : year - 1;
    int era = shifted / 400;
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

isolated function dayText(int number) returns string {
    int shifted = number + 719468;
    int era = shifted / 146097;
    int dayOfEra = shifted - era * 146097;
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fifth = (5 * dayOfYear + 2) / 153;
    int month = fifth < 10 ? fifth + 3 : fifth - 9;
    int year = yearOfEra + era * 400 + (month < 3 ? 1 : 0);
    return string `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfYear - (153 * fifth + 2) / 5 + 1, 2)}`;
}

isolated function padded(int number, int length) returns string => number.toString().padZero(length);

isolated function floorDivided(int value, int divisor) returns int =>
    value % divisor < 0 ? value / divisor - 1 : value / divisor;

isolated function timeOf(string value, string subject) returns string|error {
    string:RegExp shape = re `([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.][0-9]{1,6})?`;
    if !shape.isFullMatch(value) || number(value, 0, 2) > 23 || number(value, 3, 5) > 59 {
        return error(subject + " is not a time");
    }
    string second = groupOf(shape, value, 2) ?: ":00";
    string fraction = re `[.]?0*$`.replace(groupOf(shape, value, 3) ?: ".0", "");
    return number(second, 1, 3) > 59 ? error(subject + " is not a time") : value.substring(0, 5) + second + fraction;
}

isolated function momentOf(string value, boolean zoned, string subject) returns string|error {
    if !zoned && isDay(value) {
        return value + "T00:00:00";
    }
    string reason = subject + (isZoned(value) == zoned ? " is not a timestamp" : zoned ? " has no zone" : " has a zone");
    string:RegExp shape = zoned
        ? re `([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.][0-9]{1,6})?(Z|[+\-][0-9]{2}:[0-9]{2})`
        : re `([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.][0-9]{1,6})?`;
    if !shape.isFullMatch(value) {
        return error(reason);
    }
    string day = groupOf(shape, value, 1) ?: "";
    string clock = groupOf(shape, value, 2) ?: "";
    int second = number((groupOf(shape, value, 3) ?: ":00"), 1, 3);
    int micros = number((groupOf(shape, value, 4) ?: ".0").substring(1).padEnd(6, "0"), 0, 6);
    string offset = zoned ? groupOf(shape, value, 5) ?: "Z" : "Z";
    int hour = number(clock, 0, 2);
    int minute = number(clock, 3, 5);
    int away = offset == "Z" ? 0 : number(offset, 1, 3) * 60 + number(offset, 4, 6);
    if !isDay(day) || hour > 23 || minute > 59 || second > 59 || away >= 1440 {
        return error(reason);
    }
    int minutes = hour * 60 + minute - (offset.startsWith("-") ? -away : away);
    int total = (microsOf(day) + minutes * 60000000) + second * 1000000 + micros;
    return isInYears(total) ? momentText(total, zoned) : error(reason);
}

isolated function isZoned(string value) returns boolean => re `.*(Z|[+\-][0-9]{2}:[0-9]{2})`.isFullMatch(value);

isolated function isInYears(int micros) returns boolean =>
    micros >= -62135596800000000 && micros <= 253402300799999999;

isolated function microsOf(string value) returns int {
    int day = dayNumber(number(value, 0, 4), number(value, 5, 7), number(value, 8, 10)) * 86400000000;
    if value.length() == 10 {
        return day;
    }
    int seconds = number(value, 11, 13) * 3600 + number(value, 14, 16) * 60 + number(value, 17, 19);
    string fraction = re `[^0-9]`.replaceAll(value.substring(19), "");
    return day + seconds * 1000000 + number(fraction.padEnd(6, "0"), 0, 6);
}

isolated function momentText(int micros, boolean zoned) returns string {
    int day = floorDivided(micros, 86400000000);
    int rest = micros - day * 86400000000;
    int seconds = rest / 1000000;
    string clock = string `${padded(seconds / 3600, 2)}:${padded(seconds / 60 % 60, 2)}:${padded(seconds % 60, 2)}`;
    string fraction = re `0+$`.replace(padded(rest % 1000000, 6), "");
    return dayText(day) + "T" + clock + (fraction == "" ? "" : "." + fraction) + (zoned ? "Z" : "");
}

isolated function likeText(string value, int micros) returns string =>
    value.length() == 10 ? momentText(micros, false).substring(0, 10) : momentText(micros, value.endsWith("Z"));

isolated function momentOfEpoch(int value, int perSecond) returns string|error {
    int micros = perSecond > 1000000 ? floorDivided(value, perSecond / 1000000) : value * (1000000 / perSecond);
    return isInYears(micros) ? momentText(micros, true) : error("out of the years 1 to 9999");
}

isolated function epochOf(string value, int perSecond) returns int {
    int micros = microsOf(value);
    return perSecond > 1000000 ? micros * (perSecond / 1000000) : floorDivided(micros, 1000000 / perSecond);
}

isolated function datePart(string value, string part) returns int {
    int year = number(value, 0, 4);
    int month = number(value, 5, 7);
    int day = number(value, 8, 10);
    int days = dayNumber(year, month, day);
    int weekday = floorDivided(days + 3, 7) * -7 + days + 4;
    if part == "year" || part == "month" || part == "day" {
        return part == "year" ? year : part == "month" ? month : day;
    }
    if part == "hour" || part == "minute" || part == "second" {
        return part == "hour" ? number(value, 11, 13) : part == "minute" ? number(value, 14, 16) : number(value, 17, 19);
    }
    if part == "quarter" {
        return (month + 2) / 3;
    }
    if part == "week" {
        int thursday = days + 4 - weekday;
        return (thursday - dayNumber(number(dayText(thursday), 0, 4), 1, 1)) / 7 + 1;
    }
    return part == "weekday" ? weekday : days - dayNumber(year, 1, 1) + 1;
}

isolated function dateAdd(string value, int amount, string unit, int length) returns string|error {
    int micros = microsOf(value);
    if unit != "year" && unit != "month" {
        int moved = micros + amount * length;
        return isInYears(moved) ? likeText(value, moved) : error("out of the years 1 to 9999");
    }
    int months = number(value, 0, 4) * 12 + number(value, 5, 7) - 1 + amount * (unit == "year" ? 12 : 1);
    int year = floorDivided(months, 12);
    int month = months - year * 12 + 1;
    if year < 1 || year > 9999 {
        return error("out of the years 1 to 9999");
    }
    int day = int:min(number(value, 8, 10), daysOfMonth(year, month));
    return string `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` + value.substring(10);
}

isolated function monthsBetween(string value, string end, int length) returns int {
    int months = (number(end, 0, 4) - number(value, 0, 4)) * 12 + number(end, 5, 7) - number(value, 5, 7);
    int first = microsOf(value) - microsOf(value.substring(0, 8) + "01");
    int last = microsOf(end) - microsOf(end.substring(0, 8) + "01");
    int whole = months > 0 && last < first ? months - 1 : months < 0 && last > first ? months + 1 : months;
    return whole / length;
}

isolated function rearranged(string:RegExp shape, string value, (int|string)[] parts) returns string? {
    if !shape.isFullMatch(value) {
        return ();
    }
    string made = "";
    foreach int|string part in parts {
        made += part is int ? groupOf(shape, value, part) ?: "" : part;
    }
    return made;
}

isolated function parsedDate(string:RegExp shape, string value, (int|string)[] parts) returns string|error =>
    dateOf(rearranged(shape, value, parts) ?: "", "no date");

isolated function parsedMoment(string:RegExp shape, string value, (int|string)[] parts, boolean zoned)
        returns string|error =>
    momentOf(rearranged(shape, value, parts) ?: "", zoned, "it");

isolated function formattedDate(string value, string[] pieces) returns string {
    string made = "";
    foreach string piece in pieces {
        made += datePiece(value, piece);
    }
    return made;
}

isolated function datePiece(string value, string piece) returns string {
    string[] months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"
    ];
    string moment = value.length() == 10 ? value + "T00:00:00" : value;
    string month = months[number(value, 5, 7) - 1];
    map<string> written = {
        "%Y": value.substring(0, 4),
        "%m": value.substring(5, 7),
        "%d": value.substring(8, 10),
        "%H": moment.substring(11, 13),
        "%M": moment.substring(14, 16),
        "%S": moment.substring(17, 19),
        "%f": re `[^0-9]`.replaceAll(moment.substring(19), "").padEnd(6, "0"),
        "%b": month.substring(0, 3),
        "%B": month,
        "%j": padded(datePart(value, "yearday"), 3),
        "%%": "%"
    };
    return written[piece] ?: piece;
}

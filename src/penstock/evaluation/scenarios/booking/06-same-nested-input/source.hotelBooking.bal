import ballerina/time;

type Guest record {|
    string name;
    string email;
    string? phone;
    string country;
|};

type Hotel record {|
    string name;
    string phone;
    string city;
    string code;
|};

type Room record {|
    string room_type;
    string? room_number;
|};

type Stay record {|
    time:Date arrival;
    time:Date departure;
    Room room;
|};

public type HotelBooking record {|
    string booking_id;
    Guest guest;
    Hotel hotel;
    Stay stay;
    decimal total_price;
    boolean prepaid;
|};

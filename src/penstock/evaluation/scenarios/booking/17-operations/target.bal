import ballerina/time;

type BookedRoom record {|
    string roomType;
    float nightlyRate;
|};

public type Reservation record {|
    string bookingReference;
    time:Utc createdAt;
    string guestName;
    string surnameInCapitals;
    string email;
    string? primaryPhone;
    time:Date arrivalDate;
    int nights;
    int adultCount;
    int numberOfKids;
    MealPlan mealPlan;
    boolean smoking;
    BookedRoom[] rooms;
    float? totalNightlyRate;
    decimal totalPrice;
    string[] amenities;
    string? remarks;
|};

enum MealPlan {
    ROOM_ONLY,
    BED_AND_BREAKFAST,
    HALF_BOARD,
    FULL_BOARD
}

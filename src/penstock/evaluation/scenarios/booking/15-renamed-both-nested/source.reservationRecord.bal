import ballerina/time;

type Header record {
    string resNumber;
    time:Utc createdTime;
    string origin;
};

type GuestInfo record {
    string forename;
    string surname;
    string emailAddr;
    string homeCountry;
};

type StayInfo record {
    time:Date checkinDate;
    time:Date checkoutDate;
    string board;
    string roomCategory;
    int adultsNum;
    int childrenNum;
};

type Payment record {
    decimal amountDue;
    string ccyCode;
    boolean prepaidFlag;
};

public type ReservationRecord record {
    Header header;
    GuestInfo guestInfo;
    StayInfo stayInfo;
    Payment payment;
};

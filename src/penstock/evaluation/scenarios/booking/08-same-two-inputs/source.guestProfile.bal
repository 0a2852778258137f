public type GuestProfile record {
    string first_name;
    string last_name;
    string email;
    string? phone;
    string country;
    string? nationality;
};

public type Account record {|
    string accountNo;
    string primaryMail;
    string displayName;
    decimal creditLimit;
    string headOfficeStreet;
    string headOfficeCity;
    string headOfficeZip;
|};

CREATE TABLE student (
    student_id VARCHAR(40) NOT NULL,
    first_name TEXT NOT NULL,
    student_email VARCHAR(80) NOT NULL,
    last_name VARCHAR(120) NOT NULL,
    degree_program VARCHAR(80) NOT NULL,
    year_of_study INTEGER NOT NULL,
    scholarship BOOLEAN NOT NULL
);

-- The owner of all objects, and the role that the gate logs in as. The password is set by whoever runs this.
CREATE ROLE gate_owner NOLOGIN;
CREATE ROLE gate LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE IN ROLE gate_owner;

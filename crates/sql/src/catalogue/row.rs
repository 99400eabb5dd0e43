//! From the rows of the loading queries to the snapshot.

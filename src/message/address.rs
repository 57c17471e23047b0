//! Address fields.

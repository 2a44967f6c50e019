//! A part that passes its checks is read to the end without a fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{
    Documents, DocumentsWriter, EntriesWriter, Entry, Group, Part, Postings, Section, Terms, group_body,
    stray_body,
};

fuzz_target!(|bytes: &[u8]| {
    // What begins like no part is tried as a section, so that the deeper grammars see every input.
    read_terms(bytes);
    read_documents(bytes);
    if let Ok(part) = Part::read(bytes.to_vec()) {
        assert!(part.memory() >= bytes.len());
        part.section(Section::Terms).map(read_terms);
        part.section(Section::Documents).map(read_documents);
    }
});

fn read_terms(section: &[u8]) {
    if Terms::check(section).is_err() {
        return;
    }
    let mut writer = EntriesWriter::default();
    let mut in_order = true;
    let mut before = String::new();
    let mut terms = Terms::new(section).expect("it was checked");
    while let Some(entry) = terms.next_entry().expect("it was checked") {
        let (Entry::Group(Group { key: place, .. }) | Entry::Stray { form: place, .. }) = entry;
        in_order &= *before <= *place;
        place.clone_into(&mut before);
        if let Entry::Group(group) = &entry {
            check_group(group);
        }
        if in_order {
            match entry {
                Entry::Stray { form, key } => writer.add(form, &stray_body(key)),
                Entry::Group(group) => {
                    let endings: Vec<&str> = group.endings().collect();
                    let owned = |(typed, meant): (&str, &str)| (typed.to_owned(), meant.to_owned());
                    let synonyms: Vec<_> = group.synonyms().map(owned).collect();
                    writer.add(
                        group.key,
                        &group_body(&endings, group.partners, &synonyms, &check_group(&group)),
                    );
                }
            }
        }
    }
    if in_order {
        let written = writer.finish();
        assert!(written.len() <= section.len(), "no spelling is shorter than the writer's");
        assert_eq!(Terms::check(&written), Ok(()));
    }
}

fn check_group(group: &Group<'_>) -> Postings {
    let postings = group.postings().expect("it was checked");
    let count = group.documents as usize;
    assert!(postings.documents.is_sorted_by(|a, b| a < b));
    let columns =
        [postings.documents.len(), postings.impacts.len(), postings.fields.len(), postings.forms.len()];
    assert_eq!(columns, [count; 4]);
    assert!([0, count + 1].contains(&postings.passage_starts.len()));
    let passages = (0..count).map(|index| {
        assert!(postings.passages_of(index).is_sorted_by(|a, b| a.0 < b.0));
        postings.passages_of(index).count()
    });
    assert_eq!(passages.sum::<usize>(), postings.passages.len());
    postings
}

fn read_documents(section: &[u8]) {
    if Documents::check(section).is_err() {
        return;
    }
    let mut writer = DocumentsWriter::default();
    let mut records = Vec::new();
    let mut documents = Documents::new(section).expect("it was checked");
    while let Some(record) = documents.next_record().expect("it was checked") {
        let found = Documents::find(section, record.document).expect("it was checked");
        // As text, because a double may be no number, which equals nothing.
        assert_eq!(format!("{found:?}"), format!("Some({record:?})"));
        writer.add(&record);
        records.push(record);
    }
    let written = writer.finish();
    let mut again = Documents::new(&written).expect("it was written");
    for record in records {
        let read = again.next_record().expect("it was written");
        assert_eq!(format!("{read:?}"), format!("Some({record:?})"));
    }
}

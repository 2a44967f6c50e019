//! An HTML page as a tree in one vector.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

/// A node's place in the tree. Links between nodes are numbers, so that dropping the deepest page is dropping a
/// vector, and nothing recurses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The node's place in the vector.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
pub(super) enum Kind {
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
    /// The page itself, the inside of a template, comments and the like: nothing in it is read.
    Other,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    depth: u32,
}

/// A parsed page. Node 0 is the page itself.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub const ROOT: NodeId = NodeId(0);

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).previous
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first, |&at| self.node(at).next)
    }

    /// The local name of an HTML element; elements of SVG and MathML have none here.
    pub fn element(&self, id: NodeId) -> Option<&LocalName> {
        match &self.node(id).kind {
            Kind::Element { name, .. } if name.ns == ns!(html) => Some(&name.local),
            _ => None,
        }
    }

    /// Whether the node is an `<svg>`, drawings being no text, or says a formula again in another notation.
    pub fn is_drawing(&self, id: NodeId) -> bool {
        let Kind::Element { name, .. } = &self.node(id).kind else { return false };
        name.ns == ns!(svg) || name.ns == ns!(mathml) && name.local.starts_with("annotation")
    }

    /// The attributes of an element by name.
    pub fn attributes(&self, id: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match &self.node(id).kind {
            Kind::Element { attributes, .. } => attributes.as_slice(),
            _ => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The words of an element's class.
    pub fn classes(&self, id: NodeId) -> impl Iterator<Item = &str> {
        self.attribute(id, "class").unwrap_or_default().split_ascii_whitespace()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Element { attributes, .. } => {
                attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value)
            }
            _ => None,
        }
    }

    /// The node that follows `id` in reading order once its inside is passed over; `None` at the end of `within`.
    pub fn after(&self, id: NodeId, within: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != within {
            if let Some(next) = self.node(at).next {
                return Some(next);
            }
            at = self.node(at).parent?;
        }
        None
    }

    /// All nodes inside `within` in reading order, itself left out.
    pub fn inside(&self, within: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(within).first, move |&at| {
            self.node(at).first.or_else(|| self.after(at, within))
        })
    }
}

/// Builds a [`Tree`] as the parser goes.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// Insides of templates hang nowhere, and so are never read.
    templates: RefCell<Vec<(NodeId, NodeId)>>,
    /// How deep the place is where something was last added.
    depth: Cell<u32>,
}

impl Sink {
    pub fn new() -> Self {
        let sink = Self { nodes: RefCell::default(), templates: RefCell::default(), depth: Cell::new(0) };
        sink.create(Kind::Other);
        sink
    }

    /// How deep the place is where something was last added.
    pub fn depth(&self) -> u32 {
        self.depth.get()
    }

    fn create(&self, kind: Kind) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        // The input is limited to 2 GiB and no node is made of less than one byte.
        let id = NodeId(u32::try_from(nodes.len()).expect("a page has fewer nodes than bytes"));
        nodes.push(Node {
            kind,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            depth: 0,
        });
        id
    }

    fn detach(nodes: &mut [Node], id: NodeId) {
        let node = &mut nodes[id.0 as usize];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous {
            Some(previous) => nodes[previous.0 as usize].next = next,
            None => parent.into_iter().for_each(|p| nodes[p.0 as usize].first = next),
        }
        match next {
            Some(next) => nodes[next.0 as usize].previous = previous,
            None => parent.into_iter().for_each(|p| nodes[p.0 as usize].last = previous),
        }
    }

    /// Puts `id` into `parent`, before `next` or at the end.
    fn attach(nodes: &mut [Node], id: NodeId, parent: NodeId, next: Option<NodeId>) {
        Self::detach(nodes, id);
        let previous = match next {
            Some(next) => nodes[next.0 as usize].previous.replace(id),
            None => nodes[parent.0 as usize].last.replace(id),
        };
        match previous {
            Some(previous) => nodes[previous.0 as usize].next = Some(id),
            None => nodes[parent.0 as usize].first = Some(id),
        }
        let depth = nodes[parent.0 as usize].depth + 1;
        let node = &mut nodes[id.0 as usize];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, next, depth);
    }

    /// Adds `child` to `parent`, before `next` or at the end; text grows the text that it follows.
    fn add(&self, parent: NodeId, child: NodeOrText<NodeId>, next: Option<NodeId>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                self.depth.set(nodes[parent.0 as usize].depth + 1);
                let before = match next {
                    Some(next) => nodes[next.0 as usize].previous,
                    None => nodes[parent.0 as usize].last,
                };
                if let Some(before) = before
                    && let Kind::Text(so_far) = &mut nodes[before.0 as usize].kind
                {
                    so_far.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.create(Kind::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        Self::attach(&mut nodes, id, parent, next);
        self.depth.set(nodes[id.0 as usize].depth);
    }
}

/// The name of an element, lent out of the tree while the parser looks at it.
#[derive(Debug)]
pub(super) struct Name<'a>(Ref<'a, QualName>);

impl html5ever::interface::ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name<'a> {
        Name(Ref::map(self.nodes.borrow(), |nodes| match &nodes[target.0 as usize].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) | Kind::Other => unreachable!("the parser asks only elements for their name"),
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let id = self.create(Kind::Element { name, attributes });
        if flags.template {
            let inside = self.create(Kind::Other);
            self.templates.borrow_mut().push((id, inside));
        }
        id
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.create(Kind::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.create(Kind::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.add(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[element.0 as usize].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let templates = self.templates.borrow();
        // Created in order, so sorted by the element.
        match templates.binary_search_by_key(target, |&(element, _)| element) {
            Ok(at) => templates[at].1,
            Err(_) => *target,
        }
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[sibling.0 as usize].parent;
        if let Some(parent) = parent {
            self.add(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.nodes.borrow_mut()[target.0 as usize].kind {
            for attribute in more {
                if !attributes.iter().any(|a| a.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        Self::detach(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        while let Some(child) = nodes[node.0 as usize].first {
            Self::attach(&mut nodes, child, *new_parent, None);
        }
    }
}

/// Whether the content of an element is not markup, so that leaving out its tag would let markup or code through.
pub(super) fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("xmp")
            | local_name!("plaintext")
    )
}

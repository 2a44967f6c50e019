//! Pages in the shape in which generators of sites write them.

use super::{Page, page};

/// What a page comes to: its title, then each passage as `level heading #id: text`, lines parted by ` / `.
fn outline(html: &str) -> String {
    let Page::Document { document, .. } = page(html, &[]) else { panic!("no document: {html}") };
    let mut lines = vec![document.title.clone()];
    for passage in &document.passages {
        let id = passage.id.as_ref().map_or(String::new(), |id| format!(" #{id}"));
        let text = passage.text.replace('\n', " / ");
        let line = format!("{} {}{id}: {text}", passage.level, passage.heading);
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

#[test]
fn sphinx() {
    let html = r##"<title>Robots — Toys 1.0</title><div class="related" role="navigation"><a href="genindex.html">index</a></div>
    <div class="document"><div class="body" role="main"><section id="module-robots">
    <span id="robots"></span><h1>Robots<a class="headerlink" href="#module-robots" title="Link to this heading">¶</a></h1>
    <nav class="contents local" id="on-this-page"><ul class="simple"><li><a href="#walking">Walking</a></li></ul></nav>
    <p>All about robots <a class="footnote-reference brackets" href="#id2" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a>.</p>
    <div class="toctree-wrapper compound"><ul><li class="toctree-l1"><a href="legs.html">Legs</a></li></ul></div>
    <dl class="py class"><dt class="sig sig-object py" id="robots.Robot">
    <em class="property"><span class="pre">class</span><span class="w"> </span></em><span class="sig-name">Robot</span><span class="sig-paren">(</span><em>legs</em><span class="sig-paren">)</span><a class="reference internal" href="_modules/robots.html#Robot"><span class="viewcode-link"><span class="pre">[source]</span></span></a><a class="headerlink" href="#robots.Robot" title="Link to this definition">¶</a></dt>
    <dd><p>Walks about.</p><dl class="py method"><dt id="robots.Robot.stop"><span>stop</span>()<a class="headerlink" href="#robots.Robot.stop">¶</a></dt>
    <dd><dl class="field-list simple"><dt class="field-odd">Returns<span class="colon">:</span></dt><dd class="field-odd"><p>nothing</p></dd></dl></dd></dl>
    <p>Has no arms.</p></dd></dl><p>A last remark.</p>
    <section id="walking"><h2>Walking<a class="headerlink" href="#walking">¶</a></h2>
    <div class="highlight-python notranslate"><div class="highlight"><pre><span class="linenos">1</span><span class="kn">import</span> robots
<span class="linenos">2</span>robots.walk()
</pre></div></div></section></section></div></div><div class="sphinxsidebar" role="navigation">Side</div>"##;
    let expected = "Robots\n\
        0 : All about robots [1]. / A last remark.\n\
        2 class Robot(legs) #robots.Robot: Walks about. / Has no arms.\n\
        3 stop() #robots.Robot.stop: Returns: / nothing\n\
        2 Walking #walking: import robots / robots.walk()";
    assert_eq!(outline(html), expected);
}

#[test]
fn mkdocs_material() {
    let html = r##"<body dir="ltr"><div data-md-component="skip"><a href="#kites" class="md-skip">Skip to content</a></div>
    <header class="md-header">Toys</header><main class="md-main"><div class="md-sidebar"><nav class="md-nav">Kites</nav></div>
    <div class="md-content"><article class="md-content__inner md-typeset"><a href="https://x/edit/kites.md" title="Edit this page" class="md-content__button md-icon"><svg></svg></a>
    <h1 id="kites">Kites<a class="headerlink" href="#kites" title="Permanent link">&para;</a></h1><div class="toc"><ul><li><a href="#fly">Fly</a></li></ul></div>
    <p>They fly<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p><h2 id="fly">Fly<a class="headerlink" href="#fly">&para;</a></h2>
    <div class="language-sh highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre><span></span><a href="#c-1">1</a></pre></div></td><td class="code"><div><pre><code><a id="c-1" name="c-1"></a>pull --string
</code></pre></div></td></tr></table></div><aside class="md-source-file"><span class="md-source-file__fact">Last update: today</span></aside>
    <form class="md-feedback"><legend>Was this page helpful?</legend></form></article></div></main><footer>Made with care</footer>"##;
    assert_eq!(outline(html), "Kites\n0 : They fly.\n2 Fly #fly: pull --string");
}

#[test]
fn vitepress() {
    let html = r##"<div id="app"><a href="#VPContent" class="VPSkipLink visually-hidden">Skip to content</a><header class="VPNav">Toys</header>
    <main class="main"><div class="vp-doc"><div><h1 id="tops" tabindex="-1">Tops <a class="header-anchor" href="#tops" aria-label="Permalink to &quot;Tops&quot;">&ZeroWidthSpace;</a></h1>
    <nav class="table-of-contents"><ul><li><a href="#spin">Spin</a></li></ul></nav><h2 id="spin">Spin <a class="header-anchor" href="#spin">&#8203;</a></h2>
    <div class="language-js line-numbers-mode"><button title="Copy Code" class="copy"></button><span class="lang">js</span><pre class="shiki"><code><span class="line"><span>let top</span></span>
<span class="line"><span>top.spin()</span></span></code></pre><div class="line-numbers-wrapper" aria-hidden="true"><span class="line-number">1</span><br></div></div></div></div></main>
    <footer class="VPDocFooter"><a href="edit">Edit this page</a></footer></div>"##;
    assert_eq!(outline(html), "Tops\n0 :\n2 Spin #spin: let top / top.spin()");
}

#[test]
fn docusaurus() {
    let html = r##"<div class="main-wrapper"><main><div class="row"><div class="col"><article>
    <nav class="theme-doc-breadcrumbs" aria-label="Breadcrumbs"><ul class="breadcrumbs"><li>Toys</li></ul></nav><div class="tocCollapsible"><button>On this page</button></div>
    <div class="theme-doc-markdown markdown"><header><h1>Dolls</h1></header><p>They sit.</p><h2 class="anchor" id="dress">Dress<a href="#dress" class="hash-link" aria-label="Direct link to Dress">&#8203;</a></h2>
    <div class="language-js codeBlockContainer"><div class="codeBlockContent"><pre class="prism-code"><code><span class="token-line"><span>dress()</span><br></span><span class="token-line"><span>sit()</span><br></span></code></pre><div class="buttonGroup"><button>Copy</button></div></div></div>
    </div><footer class="theme-doc-footer"><a class="theme-edit-this-page">Edit this page</a></footer></article><nav class="pagination-nav">Next</nav></div>
    <div class="col"><div class="tableOfContents thin-scrollbar"><ul class="table-of-contents"><li><a href="#dress">Dress</a></li></ul></div></div></div></main></div>"##;
    assert_eq!(outline(html), "Dolls\n0 : They sit.\n2 Dress #dress: dress() / sit()");
}

#[test]
fn starlight() {
    let html = r##"<main data-pagefind-body lang="en"><div class="content-panel"><h1 id="_top">Balls</h1></div><div class="content-panel"><div class="sl-markdown-content">
    <div class="sl-heading-wrapper level-h2"><h2 id="throw">Throw</h2><a class="sl-anchor-link" href="#throw"><span aria-hidden="true"><svg></svg></span><span class="sr-only" data-pagefind-ignore>Section titled “Throw”</span></a></div>
    <aside aria-label="Note" class="starlight-aside"><p class="starlight-aside__title" aria-hidden="true">Note</p><p>Far.</p></aside>
    <div class="expressive-code"><figure class="frame"><figcaption class="header"><span class="title"></span><span class="sr-only">Terminal window</span></figcaption><pre><code><div class="ec-line"><div class="gutter"><div class="ln" aria-hidden="true">1</div></div><div class="code">throw ball</div></div></code></pre><div class="copy"><button>Copy</button></div></figure></div>
    </div><footer class="sl-flex"><div class="pagination-links" data-pagefind-ignore>Next</div></footer></div></main>"##;
    assert_eq!(outline(html), "Balls\n0 :\n2 Throw #throw: Far. / throw ball");
}

#[test]
fn rustdoc() {
    let html = r##"<rustdoc-topbar><h2>Yoyo</h2></rustdoc-topbar><nav class="sidebar"><a href="#fields">Fields</a></nav><main><div class="width-limiter"><section id="main-content" class="content">
    <div class="main-heading"><div class="rustdoc-breadcrumbs"><a href="../index.html">toys</a></div><h1>Struct <span class="struct">Yoyo</span>&nbsp;<button id="copy-path">Copy item path</button></h1><span class="sub-heading"><a class="src" href="src.html">Source</a></span></div>
    <pre class="rust item-decl"><code>pub struct Yoyo { /* private */ }</code></pre><details class="toggle top-doc" open><summary class="hideme"><span>Expand description</span></summary><div class="docblock"><p>Goes up and down.</p></div></details>
    <h2 id="fields" class="fields section-header">Fields<a href="#fields" class="anchor">§</a></h2><span id="structfield.string" class="structfield section-header"><a href="#structfield.string" class="anchor field">§</a><code>string: <a href="s.html">String</a></code></span><div class="docblock"><p>Holds it.</p></div>
    <h2 id="implementations" class="section-header">Implementations<a href="#implementations" class="anchor">§</a></h2>
    <details class="toggle method-toggle" open><summary><section id="method.throw" class="method"><span class="rightside"><span class="since">1.0</span> · <a class="src" href="src.html#1">Source</a></span><h4 class="code-header">pub fn <a href="#method.throw" class="fn">throw</a>(&amp;self)</h4></section></summary><div class="docblock"><p>Throws it.</p></div></details>
    <details class="toggle method-toggle" open><summary><section id="method.catch" class="method"><a class="src rightside" href="src.html#2">Source</a><h4 class="code-header">pub fn <a href="#method.catch" class="fn">catch</a>(&amp;self)</h4></section></summary><div class="docblock"><h5 id="examples"><a class="doc-anchor" href="#examples">§</a>Examples</h5><div class="example-wrap"><pre class="rust"><code>yoyo.catch();</code></pre><a class="test-arrow" href="https://play">Run</a></div></div></details>
    </section></div></main>"##;
    let expected = "Struct Yoyo\n\
        0 : pub struct Yoyo { /* private */ } / Goes up and down.\n\
        2 Fields #fields:\n\
        3 string: String #structfield.string: Holds it.\n\
        2 Implementations #implementations:\n\
        4 pub fn throw(&self) #method.throw: Throws it.\n\
        4 pub fn catch(&self) #method.catch:\n\
        5 Examples #examples: yoyo.catch();";
    assert_eq!(outline(html), expected);
}

#[test]
fn eleventy() {
    let html = r##"<a href="#skip" id="skip-link" class="visually-hidden">Skip to main content</a><header><a href="/">Toys</a></header><main id="skip"><h1>Blocks</h1>
    <ul class="post-metadata"><li><time datetime="2024-01-01">1 January</time></li></ul><p>Build.</p><h2 id="high">High <a class="direct-link" href="#high">#</a></h2><p>Higher.</p>
    <ul class="links-nextprev"><li>Previous: <a href="/a/">Older</a></li><li>Next: <a href="/b/">Newer</a></li></ul></main>"##;
    assert_eq!(outline(html), "Blocks\n0 : 1 January / Build.\n2 High #high: Higher.");
}

#[test]
fn hugo() {
    let html = r##"<body><header>Toys</header><main class="main"><article class="post-single"><header class="post-header"><div class="breadcrumbs"><a href="/">Home</a></div><h1 class="post-title">Trains</h1><div class="post-meta">3 min</div></header>
    <div class="toc"><details><summary>Table of Contents</summary><ul><li><a href="#rails">Rails</a></li></ul></details></div><div class="post-content"><p>Choo.</p>
    <h2 id="rails">Rails<a hidden class="anchor" aria-hidden="true" href="#rails">#</a></h2><div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1
</span></code></pre></td><td class="lntd"><pre class="chroma"><code><span class="line"><span class="cl">ride</span></span></code></pre></td></tr></table></div></div></div>
    <footer class="post-footer"><nav class="paginav">Next</nav></footer></article></main>"##;
    assert_eq!(outline(html), "Trains\n0 : Choo.\n2 Rails #rails: ride");
}

#[test]
fn jekyll() {
    let html = r##"<title>Cars | Toys</title><header><h1><a href="/">Toys</a></h1><nav>Docs</nav></header><section class="docs"><div class="grid"><div class="docs-nav"><select><option>Trains</option></select></div>
    <div class="unit"><article><div class="improve right"><a href="https://x/edit"><i></i>&nbsp;Improve this page</a></div><h1>Cars</h1><ul id="markdown-toc"><li><a href="#drive" id="markdown-toc-drive">Drive</a></li><li><a href="#stop">Stop</a></li></ul>
    <p>Brum.</p><h2 id="drive">Drive</h2><div class="language-sh highlighter-rouge"><div class="highlight"><pre><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1
</pre></td><td class="rouge-code"><pre>drive
</pre></td></tr></tbody></table></code></pre></div></div><a name="stop"></a><h2>Stop</h2><p>Now.</p></article></div><div class="unit one-fifth"><aside><ul><li><a href="/trains">Trains</a></li></ul></aside></div></div></section>"##;
    let expected = "Cars\n0 : Brum.\n2 Drive #drive: drive\n2 Stop #stop: Now.";
    assert_eq!(outline(html), expected);
}

#[test]
fn mdbook() {
    let html = r##"<title>Throwing dice - Toys</title><nav id="sidebar"><ol class="chapter"><li><a href="a.html">Dice</a></li></ol></nav><div id="menu-bar"><h1 class="menu-title">Toys</h1></div><div id="content"><main>
    <h2 id="throwing-dice"><a class="header" href="#throwing-dice">Throwing Dice</a></h2><p>Six.</p><pre><div class="buttons"><button title="Copy"></button></div><code class="language-rust">let n = 6;</code></pre></main>
    <nav class="nav-wrapper"><a rel="next" href="b.html">Next</a></nav></div>"##;
    assert_eq!(outline(html), "Throwing Dice\n0 :\n2 Throwing Dice #throwing-dice: Six. / let n = 6;");
}

#[test]
fn a_page_without_any_sign_of_its_body() {
    let prose = "A sentence that goes on about marbles for a while. ".repeat(20);
    let html = format!(
        r##"<div id="top"><a href="/">Home</a> | <a href="/a">About</a> | <a href="/b">Shop</a> | <a href="/c">Help</a></div>
        <div id="wrap"><div class="left"><ul><li><a href="/d">One</a><li><a href="/e">Two</a><li><a href="/f">Three</a><li><a href="/g">Four</a></ul></div>
        <div class="text"><h1>Marbles</h1><p>{prose}<a href="/x">Link</a></p></div></div><div id="foot">All rights reserved</div>
        <div class="cookie-banner">We use cookies</div>"##
    );
    assert_eq!(outline(&html), format!("Marbles\n0 : {prose}Link"));
    let links: String = (0..9).map(|n| format!("<li><a href='/{n}'>Page {n}</a>")).collect();
    assert!(outline(&format!("<title>All</title><ul>{links}</ul>")).contains("Page 8"));
    assert!(outline("<form><h1>Wrapped</h1><p>by a server.</form>").contains("by a server."));
}

// A handbook of gardening in two languages, with an almanac beside it: what pictures are taken of.

import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, searchlet } from './site.mjs';

const demo = fileURLToPath(new URL('../../www/demo/', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types searchlet";

/** A page of the handbook: its file's name, kind, seasons, minutes to read, date, then its text. @typedef {[string, string, string[], number, string, string]} Page */

/**
 * @typedef {object} Garden
 * @property {string} language
 * @property {'ltr' | 'rtl'} direction
 * @property {string} name of the handbook
 * @property {string} lead
 * @property {string} ask what stands in an empty field
 * @property {[string, string, string, string]} keys labels of `kind`, `season`, `minutes`, `date`
 * @property {[Page, ...Page[]]} pages
 * @property {string} almanac another bundle, so that a part of what is searched can be out of reach
 * @property {string[]} recent what the reader searched for before
 * @property {Record<'wide' | 'full' | 'passage' | 'meant' | 'lacking' | 'unknown', string>} queries
 */

/** @type {Garden} */
export const english = {
  language: 'en',
  direction: 'ltr',
  name: 'Garden handbook',
  lead: 'What to sow, when to water, how to prune: short pages for small gardens.',
  ask: 'Search the handbook',
  keys: ['Kind of page', 'Season', 'Minutes to read', 'Last changed'],
  almanac: '# Weather words\n\nWatery clouds, dew and the first frost of the year, as the almanac has them. Tomatoes ripen in the warmth that September leaves.',
  recent: ['pruning roses', 'compost heap', 'when to sow beans'],
  queries: { wide: 'watering', full: 'watering tom', passage: 'watering tomatoes', meant: 'seedlngs', lacking: 'watering roses hedgehog', unknown: 'xylophone quartet' },
  pages: [
    ['watering.md', 'Guide', ['spring', 'summer'], 6, '2024-05-02', `# Watering

A garden wants water seldom and much, rather than often and little. Roots follow the water down, and a plant that has gone deep for it will stand a dry week.

## In the morning

Water early, while the ground is cool. What falls on warm leaves in the evening stays there overnight, and fungus likes nothing better.

## Tomatoes and peppers

Watering tomatoes is a matter of rhythm: the same amount on the same days. Fruit that dries out, then drinks all at once, splits along its shoulders. Keep the leaves dry; pour at the foot of the plant.

## Pots on a balcony

A pot dries within a day of sun. Push a finger into the soil: when it comes out clean, it is time.`],
    ['tomatoes.md', 'Plant', ['summer'], 8, '2024-06-18', `# Tomatoes

Tomatoes come from the dry slopes of the Andes. They want sun, shelter from rain, and more food than nearly anything else in the bed.

## Sowing and seedlings

Sow indoors eight weeks before the last frost. Seedlings that lean towards the window are short of light; move them, and stroke them with a hand now and then: it makes stout stems.

## Watering in a dry summer

Two litres for each tomato every other day are about right. A mulch of straw halves that, and keeps the fruit clean.

## Side shoots

Break out the shoots in the leaf axils while they are small. What you leave becomes a second stem, with smaller fruit and later.`],
    ['greenhouse.md', 'Guide', ['spring', 'autumn'], 7, '2023-11-30', `# An unheated greenhouse

Glass lengthens the year by a month at either end. Tomatoes, cucumbers and melons are grateful for it; lettuce is, too, as long as the door stands open.

## Air

Open the vents before the thermometer tells you to. Damp air that stands still is how mildew travels.

## Watering under glass

No rain falls here, so all watering is yours. A butt beside the door warms the water, which tomatoes prefer to a cold shower.`],
    ['roses.md', 'Plant', ['spring', 'summer'], 9, '2024-02-21', `# Roses

A rose forgives nearly everything but wet feet and deep shade.

## Pruning

Prune when the forsythia flowers. Cut above a bud that points outwards, so that light reaches the middle of the shrub.

## Watering and feeding

New roses need watering for their first two summers. Feed them once after pruning and once after the first flowers; nothing from August on.`],
    ['compost.md', 'Guide', ['spring', 'summer', 'autumn'], 5, '2024-03-09', `# Compost

A heap is kitchen, garden and patience in layers: something green, something brown, a little soil.

## What belongs on the heap

Peelings, cut grass in thin layers, leaves, torn cardboard, coffee grounds. Neither bread nor meat, unless you like rats.

## When it smells

A heap that smells is too wet. Turn it, with dry twigs between the layers; water drains, and air does the rest.`],
    ['slugs.md', 'Pest', ['spring', 'autumn'], 4, '2024-04-14', `# Slugs

They come after rain and after watering in the evening, so water in the morning. A board laid between the rows shelters them by day: lift it, and carry them off.

## Seedlings at risk

Lettuce, beans and young dahlias are eaten first. A ring of fleece saves them for the two weeks that matter.

## Friends

A hedgehog needs a gap under the fence and a heap of leaves for the winter.`],
    ['blight.md', 'Pest', ['summer'], 5, '2023-08-05', `# Late blight

Brown stains on the leaves of potatoes and tomatoes, a white bloom beneath them, and within a week the plant is gone.

## Keep the leaves dry

A roof over the tomatoes prevents most of it. So does watering at the root, and room between plants.`],
    ['beans.md', 'Plant', ['summer'], 4, '2024-05-27', `# Runner beans

Sow when the soil is warm, not when the calendar says so: a bean that lies in cold earth rots.

## Poles

Set the poles first. Five to a wigwam, tied at the top, stand in any wind.

## Watering

From the first flower on beans are thirsty, and watering decides how many pods set.`],
    ['lawn.md', 'Guide', ['spring', 'autumn'], 3, '2022-10-11', `# A lawn that lives

Leave a third of the blade at each cut. Long grass shades its own roots, and needs half the watering.

## Clover

Let it stay. It feeds the grass, stays green in August, and bees know it.`],
    ['soil.md', 'Guide', ['spring', 'autumn'], 6, '2024-01-16', `# Knowing your soil

Take a handful, wet it, and roll it between your palms. Sand falls apart; clay makes a ring; loam makes a sausage that breaks.

## Waterlogged ground

Where water stands after rain, nothing grows but rushes. Raise the bed by a hand, and mix in grit.`],
    ['pumpkins-and-other-squashes-for-small-gardens.md', 'Plant', ['summer', 'autumn'], 7, '2023-05-20', `# Pumpkins, courgettes and other squashes that fit into a small garden or a very large pot

One plant is enough for most families. Watering is the work: a litre for each leaf, people say, and they are nearly right.`],
    ['herbs.md', 'Plant', ['spring', 'summer'], 4, '2024-04-02', `# Herbs on a sill

Thyme, sage and rosemary want it lean and dry. Basil, parsley and mint want watering every day, from below, into the saucer.`],
  ],
};

/** @type {Garden} */
export const arabic = {
  language: 'ar',
  direction: 'rtl',
  name: 'دليل الحديقة',
  lead: 'ماذا نزرع، ومتى نسقي، وكيف نقلّم: صفحات قصيرة للحدائق الصغيرة.',
  ask: 'ابحث في الدليل',
  keys: ['نوع الصفحة', 'الموسم', 'دقائق القراءة', 'آخر تعديل'],
  almanac: '# كلمات الطقس\n\nالندى والصقيع الأول وغيوم الماء كما يذكرها التقويم. الطماطم تنضج في دفء سبتمبر.',
  recent: ['تقليم الورد', 'كومة السماد', 'متى نزرع الفاصوليا'],
  queries: { wide: 'السقي', full: 'سقي الطما', passage: 'سقي الطماطم', meant: 'الشتلت', lacking: 'سقي الورد القنفذ', unknown: 'أوركسترا البيانو' },
  pages: [
    ['watering.md', 'إرشاد', ['الربيع', 'الصيف'], 6, '2024-05-02', `# السقي

تحتاج الحديقة إلى ماء قليل المرات كثير الكمية. تتبع الجذور الماء إلى الأسفل، والنبات الذي تعمّقت جذوره يحتمل أسبوعًا جافًا.

## في الصباح

اسقِ باكرًا والأرض باردة. ما يسقط على الأوراق مساءً يبقى عليها طوال الليل، وهذا ما تحبه الفطريات.

## الطماطم والفلفل

سقي الطماطم مسألة إيقاع: الكمية نفسها في الأيام نفسها. الثمرة التي تجف ثم تشرب دفعة واحدة تتشقق. أبقِ الأوراق جافة واسكب الماء عند قدم النبتة.

## الأصص على الشرفة

يجف الأصيص في يوم مشمس واحد. اغرز إصبعك في التراب: إذا خرج نظيفًا فقد حان وقت السقي.`],
    ['tomatoes.md', 'نبات', ['الصيف'], 8, '2024-06-18', `# الطماطم

جاءت الطماطم من سفوح الأنديز الجافة. تريد الشمس ومأوى من المطر وغذاءً أكثر من أي نبات آخر في الحوض.

## البذر والشتلات

ازرع البذور في البيت قبل ثمانية أسابيع من آخر صقيع. الشتلات التي تميل نحو النافذة ينقصها الضوء.

## سقي الطماطم في صيف جاف

لتران لكل نبتة كل يومين كافيان. طبقة من القش تخفض ذلك إلى النصف وتبقي الثمار نظيفة.`],
    ['greenhouse.md', 'إرشاد', ['الربيع', 'الخريف'], 7, '2023-11-30', `# بيت زجاجي بلا تدفئة

يطيل الزجاج السنة شهرًا من كل طرف. الطماطم والخيار والبطيخ تشكره على ذلك.

## السقي تحت الزجاج

لا يسقط هنا مطر، فكل السقي عليك. برميل قرب الباب يدفئ الماء، والطماطم تفضله على الماء البارد.`],
    ['roses.md', 'نبات', ['الربيع', 'الصيف'], 9, '2024-02-21', `# الورد

يغفر الورد كل شيء تقريبًا إلا القدمين المبتلتين والظل العميق.

## التقليم

قلّم في أول الربيع. اقطع فوق برعم يتجه إلى الخارج حتى يصل الضوء إلى وسط الشجيرة.

## السقي والتسميد

يحتاج الورد الجديد إلى السقي في صيفيه الأولين.`],
    ['compost.md', 'إرشاد', ['الربيع', 'الصيف', 'الخريف'], 5, '2024-03-09', `# السماد العضوي

الكومة مطبخ وحديقة وصبر في طبقات: شيء أخضر وشيء بني وقليل من التراب.

## حين تفوح رائحتها

الكومة ذات الرائحة رطبة أكثر مما ينبغي. قلّبها مع أغصان جافة بين الطبقات.`],
    ['slugs.md', 'آفة', ['الربيع', 'الخريف'], 4, '2024-04-14', `# البزاقات

تأتي بعد المطر وبعد السقي مساءً، فاسقِ صباحًا.

## الشتلات المهددة

الخس والفاصوليا تؤكل أولًا. حلقة من القماش تحمي الشتلات في الأسبوعين المهمين.

## أصدقاء

يحتاج القنفذ إلى فتحة تحت السياج وكومة أوراق للشتاء.`],
    ['beans.md', 'نبات', ['الصيف'], 4, '2024-05-27', `# الفاصوليا المتسلقة

ازرعها حين تدفأ التربة. من أول زهرة تعطش الفاصوليا، والسقي يقرر عدد القرون. جرّبها مع runner beans من كتاب Garden Handbook.`],
  ],
};

/**
 * Builds a site of a garden: a page for each document, a page of results, one with a box.
 *
 * @param {Garden} garden
 */
export async function gardenSite({ language, direction, name, lead, ask, keys, pages, almanac }) {
  const [site, sources, other] = await Promise.all([folder(), folder(), folder()]);
  for (const [file, kind, season, minutes, date, text] of pages) {
    await writeFile(join(sources, file), `---\nkind: ${kind}\nseason: [${season.join(', ')}]\nminutes: ${minutes}\ndate: ${date}\n---\n\n${text}\n`);
  }
  await writeFile(join(other, 'weather.md'), almanac);
  const base = 'base="/searchlet/ /almanac/" site="/ /almanac/"';
  const form = `<form role="search" action="/results.html"><input name="q" placeholder="${ask}"></form>`;
  const page = (/** @type {string} */ body, title = name) => `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/site.css"><script type="module" src="/searchlet/searchlet.js"></script></head>
<body><header><a class="home" href="/">${name}</a><searchlet-dialog ${base}>${form}</searchlet-dialog></header>
${body}</body></html>\n`;
  const template = join(other, 'template.html');
  await writeFile(template, page('<main class="document">{{body}}</main>', '{{title}}'));
  const options = ['--language', language];
  await searchlet('index', sources, '-o', join(site, 'searchlet'), '--pages', site, '--pages-template', template, ...options);
  await searchlet('index', join(other, 'weather.md'), '-o', join(site, 'almanac'), ...options);
  const [kind, season, minutes, date] = keys;
  const controls = `filters="kind=${kind},season=${season}" ranges="minutes=${minutes},date:date=${date}" sort="date:desc=${date},minutes=${minutes}"`;
  await Promise.all([
    ...['site.css', 'favicon.svg'].map((name) => copyFile(join(demo, name), join(site, name))),
    writeFile(join(site, 'index.html'), page(`<main><h1>${name}</h1><p class="lead">${lead}</p><searchlet-box ${base}>${form}</searchlet-box>
<section><ul>${pages.map(([file, , , , , text]) => `<li><a href="${file}/">${/# (.*)/.exec(text)?.[1]}</a></li>`).join('')}</ul></section></main>`)),
    writeFile(join(site, 'results.html'), page(`<main><h1>${name}</h1><searchlet-results limit="5" ${controls} ${base}>${form}</searchlet-results></main>`)),
  ]);
  return site;
}

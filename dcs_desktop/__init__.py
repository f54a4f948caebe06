"""DCS Desktop: the report on carrying out democracy at the grass roots, from first key to signed page.

The template is the program; answers are the data; a few verbs join them:
enter, compute, check, print, pack, take in, combine. Each verb is a plain
function of (form, answers). One value type, `core.values.Value`, crosses every
boundary: form, SQLite, package, total and page convert nothing back and forth.

    core/          what a report means: no Qt, SQL, ReportLab, file or clock
      template.py  the template as its author writes it; template_file.py reads it,
                   template_rules.py finds every fault, building.py makes of it the
      form.py      form of one level and period, in the unit's own words (wording.py)
      values.py    kinds and states of value, typed and shown; stored.py the same as exact text
      narrative.py prose as a tree, counting.py its numbered lists, replacing.py finds and replaces words; linked.py what
                   a linked figure prints
      answers.py   compute, check; progress.py how far a report is; formula.py their small arithmetic
      report.py    one report: identity, answers, letterhead; digest.py its digest
      own.py       what a unit adds to its own form
      acceptances.py  accepted warnings whose figures are others by now
      carrying.py  what a new report takes over from an earlier one, marked until looked at
      effects.py   what later totals change in a report that has left the house; quoting.py a unit's words in another's report
      combine.py   totals over units, with coverage and parts; by_unit.py every unit's values beside them;
                   joining.py tables of all units, outliers.py which of these look mistyped, picture.py these as bars
      trust.py     whose key is believed, fingerprint.py a key as eight syllables
      letter.py    letters back to a unit: which one is in force, its questions as things to look at
      citing.py     issued documents named in prose
      prose/       figures of free text that do not agree with one another, figures that a text names
      text_check.py   the texts of a report checked passage by passage (passages.py, doubts.py); link_offers.py
                   typed numbers that could be linked figures
      old_report/  an older report in whoever's Word file: its headings as items, its numbers as figures
      markup.py    foreign HTML made readable in time that grows with its length alone
      text.py legacy.py period.py units.py   Vietnamese text, periods, official units; reform.py which units became which
    store/         the local SQLite file: tables, one writer thread, journal of changes; read and written by
                   Python's own driver, SQLAlchemy makes and migrates the tables, no more
    package/       the unit package and the letters back: written, signed, read, every fault named
    printing/      contents.py, unit_tables.py and blank_form.py decide what is said, layouts.py how it looks,
                   pdf.py where; archive.py and signature_field.py what the file is beyond its pages;
                   word/ the same as a Word file; excel/ the figures as a workbook, and the form for colleagues
    reading/       files of others, untrusted: Word files that come back or are older reports, Excel forms, a clipboard
    workspace.py   one open report: the only door through which answers change; questions.py what is asked of it
    receiving/     other units' packages, out of mails and zips: verdicts, who has filed, totals, letters to and fro,
                   what is entered on behalf of a unit; looking.py looks at many packages in several processes,
                   counted.py and kept.py keep totals that can always be made again
    keys.py        this machine's signing key, made, locked under a password, taken to another machine
    support.py     what a helper may see of this machine; ui/crash.py what comes after a bug
    batch_record.py   what became of each file of a batch, as a workbook
    taking_cells.py   cells from outside into figures and tables; core/placing.py where they go (core/table_fit.py: a table
                   pasted into a text), core/offered.py whether
    reform_library.py   tables of reformed units, shipped and given
    predecessors.py   the units that a merged commune was made of, side by side
    taking_word.py last year's report out of Word, kept as that period's
    history.py     the journal of changes in words
    taking_form.py    a filled Excel form; core/offline_form.py its layout, core/filled_form.py what it offers
    taking_back.py a returned Word file beside the report; core/differing.py what differs
    printing_received.py   every received report into a folder, on all processors
    backups.py restoring.py   copies of the data file, read back before they count; one put in its place;
                   safety_copies.py keeps reports as packages beside it; rebuilding.py makes it again
                   out of such and exported ones (own_packages.py says which)
    template_cache.py      shipped templates as they were read before
    demo.py        sample data of a whole district
    cli.py  ui/    the same verbs from the command line and in the window
    paths.py i18n.py resources.py template_library.py   where things are, what is shipped

Import direction (tests/test_structure.py holds it):
core <- store, package, printing, reading <- workspace, receiving <- cli, ui <- __main__.

A template file holds one version of a family for all its levels, because a
commune's form and its receiving unit's share nearly all their wording and ids;
the six-month form is the same file seen for the period kind "half".
A rolled-up figure K of a receiving unit keeps apart K.below (taken in, with its
coverage), K.own and K.override; K itself is always computed.
"""

__version__ = "0.1.0"

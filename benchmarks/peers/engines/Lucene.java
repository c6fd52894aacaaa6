import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.LongValueFacetCounts;
import org.apache.lucene.facet.StringDocValuesReaderState;
import org.apache.lucene.facet.StringValueFacetCounts;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene behind a pipe, for lucene.py beside this file. Lines come in and go out, their fields parted by tabs; a tab,
 * line end or backslash inside a field is written with a backslash.
 *
 * <p>{@code build FOLDER} makes an index of analysed articles, {@code answer FOLDER} answers questions about it, and
 * {@code run FOLDER TOP} ranks raw text by raw queries with Lucene's own IndonesianAnalyzer.
 */
public final class Lucene {
    private static final int GAP = 100; // positions between title and body, so that no phrase runs over both
    private static final double RAM_BUFFER_MB = 256; // as much as tantivy's writer gets
    private static final int MOST_SPELLINGS = 1024; // of a fuzzy word: as many as a query may hold

    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8), 1 << 16);
        var out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8));
        var folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "build" -> build(in, folder);
            case "answer" -> new Answers(folder).serve(in, out);
            case "run" -> run(in, out, folder, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        out.flush();
    }

    // -- building -----------------------------------------------------------------------------------------

    /** Cuts at blanks and does nothing else: the terms come analysed. */
    private static final class Terms extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            return new TokenStreamComponents(new WhitespaceTokenizer());
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return GAP;
        }
    }

    /** One article a line: number, title, body, source, section, published, year, then its terms. One thread. */
    private static void build(BufferedReader in, Path folder) throws IOException {
        var counted = new FieldType(); // frequencies, no positions
        counted.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        counted.freeze();
        var config = new IndexWriterConfig(new Terms()).setRAMBufferSizeMB(RAM_BUFFER_MB);
        try (var writer = new IndexWriter(FSDirectory.open(folder), config)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                var row = fields(line);
                var document = new Document();
                document.add(new NumericDocValuesField("number", Long.parseLong(row.get(0))));
                document.add(new StoredField("title", row.get(1)));
                document.add(new StoredField("body", row.get(2)));
                document.add(new KeywordField("source", row.get(3), Field.Store.NO));
                document.add(new KeywordField("section", row.get(4), Field.Store.NO));
                if (!row.get(5).isEmpty()) {
                    document.add(new LongField("published", Long.parseLong(row.get(5)), Field.Store.NO));
                    document.add(new NumericDocValuesField("year", Long.parseLong(row.get(6))));
                }
                document.add(new TextField("form", row.get(7), Field.Store.NO));
                document.add(new TextField("form", row.get(8), Field.Store.NO));
                document.add(new Field("stem", row.get(9) + " " + row.get(10), counted));
                document.add(new Field("title_form", row.get(7), counted));
                document.add(new Field("title_stem", row.get(9), counted));
                writer.addDocument(document);
            }
        }
    }

    // -- answering ----------------------------------------------------------------------------------------

    private record Word(String form, String stem) {}

    /** `field` is "title_" for titles only; `since` and `until` are seconds, or empty. */
    private record Question(
            String wants, int top, String shape, String field, String since, String until, List<Word> words) {
        static Question of(List<String> given) {
            var words = new ArrayList<Word>();
            for (int at = 6; at < given.size(); at += 2) {
                words.add(new Word(given.get(at), given.get(at + 1)));
            }
            return new Question(
                    given.get(0), Integer.parseInt(given.get(1)), given.get(2), given.get(3), given.get(4),
                    given.get(5), words);
        }

        Query query() {
            var query = matching();
            if (since.isEmpty()) {
                return query;
            }
            var dates = LongField.newRangeQuery("published", Long.parseLong(since), Long.parseLong(until) - 1);
            return new BooleanQuery.Builder().add(query, Occur.MUST).add(dates, Occur.FILTER).build();
        }

        private Query matching() {
            var forms = words.stream().map(Word::form).toArray(String[]::new);
            var first = new Term("form", forms[0]);
            return switch (shape) {
                case "any" -> either(words);
                case "all" -> all();
                case "phrase" -> new PhraseQuery("form", forms);
                case "prefix" -> new PrefixQuery(first);
                case "wildcard" -> new WildcardQuery(first);
                case "fuzzy" -> new FuzzyQuery(first, 1, 0, MOST_SPELLINGS, false);
                default -> new PhraseQuery(Integer.parseInt(shape.substring("near".length())), "form", forms);
            };
        }

        /** Any of the words, each in its form or in its stem. */
        private Query either(List<Word> some) {
            var query = new BooleanQuery.Builder();
            for (var word : some) {
                query.add(new TermQuery(new Term(field + "form", word.form)), Occur.SHOULD);
                query.add(new TermQuery(new Term(field + "stem", word.stem)), Occur.SHOULD);
            }
            return query.build();
        }

        private Query all() {
            var query = new BooleanQuery.Builder();
            words.forEach(word -> query.add(either(List.of(word)), Occur.MUST));
            return query.build();
        }
    }

    /** An open index. Searching, counting and caching are as Lucene does them where nothing is asked for. */
    private static final class Answers {
        private static final Sort NEWEST =
                new Sort(LongField.newSortField("published", true, SortedNumericSelector.Type.MAX));
        private final IndexSearcher searcher;
        private final StringDocValuesReaderState sources;
        private final StringDocValuesReaderState sections;
        private final UnifiedHighlighter highlighter =
                UnifiedHighlighter.builderWithoutSearcher(new StandardAnalyzer()).build();

        Answers(Path folder) throws IOException {
            searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
            sources = new StringDocValuesReaderState(searcher.getIndexReader(), "source");
            sections = new StringDocValuesReaderState(searcher.getIndexReader(), "section");
        }

        /** One line of answer for each line of question; one that is refused begins with an exclamation mark. */
        void serve(BufferedReader in, PrintWriter out) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer;
                try {
                    answer = line.isEmpty() ? "" : String.join("\t", answer(Question.of(fields(line))));
                } catch (IndexSearcher.TooManyClauses refused) {
                    answer = "!" + escaped(refused.getMessage());
                }
                out.print(answer + "\n");
                out.flush();
            }
        }

        private List<String> answer(Question question) throws IOException {
            var query = question.query();
            return switch (question.wants) {
                case "total" -> List.of(Integer.toString(searcher.count(query)));
                case "newest" -> numbers(searcher.search(query, question.top, NEWEST));
                case "facets" -> facets(query, question.top);
                case "hits" -> hits(query, question.top);
                default -> numbers(searcher.search(query, question.top));
            };
        }

        private List<String> numbers(TopDocs found) throws IOException {
            var numbers = new ArrayList<String>();
            for (ScoreDoc hit : found.scoreDocs) {
                LeafReaderContext leaf =
                        searcher.getIndexReader().leaves().get(ReaderUtil.subIndex(hit.doc, searcher.getLeafContexts()));
                var values = leaf.reader().getNumericDocValues("number");
                values.advanceExact(hit.doc - leaf.docBase);
                numbers.add(Long.toString(values.longValue()));
            }
            return numbers;
        }

        /** The ten best, then field, value, count of every year, source and section. */
        private List<String> facets(Query query, int top) throws IOException {
            var found = FacetsCollectorManager.search(searcher, query, top, new FacetsCollectorManager());
            var collected = found.facetsCollector();
            var answer = numbers(found.topDocs());
            counts(answer, "year", new LongValueFacetCounts("year", collected));
            counts(answer, "source", new StringValueFacetCounts(sources, collected));
            counts(answer, "section", new StringValueFacetCounts(sections, collected));
            return answer;
        }

        private static void counts(List<String> answer, String field, Facets facets) throws IOException {
            for (LabelAndValue count : facets.getTopChildren(100, field).labelValues) {
                answer.addAll(List.of(field, escaped(count.label), count.value.toString()));
            }
        }

        /** Titles and snippets of the ten best. The stored body is cut again to find the words in it. */
        private List<String> hits(Query query, int top) throws IOException {
            var stored = searcher.storedFields();
            var answer = new ArrayList<String>();
            for (ScoreDoc hit : searcher.search(query, top).scoreDocs) {
                var article = stored.document(hit.doc);
                var snippet = highlighter.highlightWithoutSearcher("form", query, article.get("body"), 1);
                answer.add(escaped(article.get("title")));
                answer.add(snippet == null ? "" : escaped(snippet.toString()));
            }
            return answer;
        }
    }

    // -- ranking raw text ---------------------------------------------------------------------------------

    /** Documents (id, title, body) up to an empty line, then queries (id, text); out goes a run in TREC's format. */
    private static void run(BufferedReader in, PrintWriter out, Path folder, int top) throws IOException {
        var analyzer = new IndonesianAnalyzer();
        try (var writer = new IndexWriter(FSDirectory.open(folder), new IndexWriterConfig(analyzer))) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                var given = fields(line);
                var document = new Document();
                document.add(new StringField("id", given.get(0), Field.Store.YES));
                document.add(new TextField("text", given.get(1), Field.Store.NO));
                document.add(new TextField("text", given.get(2), Field.Store.NO));
                writer.addDocument(document);
            }
        }
        var searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        var parser = new QueryBuilder(analyzer);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            var given = fields(line);
            var query = parser.createBooleanQuery("text", given.get(1)); // null where stop words are all there is
            var found = query == null ? new ScoreDoc[0] : searcher.search(query, top).scoreDocs;
            for (int rank = 0; rank < found.length; rank++) {
                var id = searcher.storedFields().document(found[rank].doc).get("id");
                out.printf("%s Q0 %s %d %s lucene%n", given.get(0), id, rank + 1, found[rank].score);
            }
        }
    }

    // -- lines --------------------------------------------------------------------------------------------

    private static List<String> fields(String line) {
        return List.of(line.split("\t", -1)).stream().map(Lucene::plain).collect(Collectors.toList());
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String plain(String field) {
        return field.indexOf('\\') < 0 ? field : field.translateEscapes();
    }
}

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as its users set it up for Indonesian: IndonesianAnalyzer (StandardTokenizer, lower case, its stop list, its
 * light stemmer) and BM25 (k1 1.2, b .75). A query is an OR of its analysed words. Every word is looked for in the
 * title, boosted, and in the body, and the scores are added: `title^3 body^1`, the usual form of a multi-field query.
 *
 * <pre>
 * java -cp 'JARS/*' LuceneRun.java index DOCUMENTS INDEX       DOCUMENTS: id, title, body, parted by tabs, one a line
 * java -cp 'JARS/*' LuceneRun.java search INDEX QUERIES RUN TITLE_BOOST   QUERIES: id, text; RUN: TREC's format
 * </pre>
 *
 * With -Dstop=none before LuceneRun.java the stop list is empty.
 */
final class LuceneRun {
    private static final int DEPTH = 100;

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "index" -> index(Path.of(arguments[1]), Path.of(arguments[2]));
            case "search" -> search(
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Path.of(arguments[3]),
                    Float.parseFloat(arguments[4]));
            default -> throw new IllegalArgumentException("index or search, not " + arguments[0]);
        }
    }

    private static Analyzer analyzer() {
        return "none".equals(System.getProperty("stop"))
                ? new IndonesianAnalyzer(CharArraySet.EMPTY_SET)
                : new IndonesianAnalyzer();
    }

    private static void index(Path documents, Path folder) throws IOException {
        var config = new IndexWriterConfig(analyzer());
        config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        try (var writer = new IndexWriter(FSDirectory.open(folder), config);
                Stream<String> lines = Files.lines(documents, StandardCharsets.UTF_8)) {
            lines.forEach(line -> add(writer, line.split("\t", 3)));
        }
    }

    private static void add(IndexWriter writer, String[] columns) {
        var document = new Document();
        document.add(new StringField("id", columns[0], Field.Store.YES));
        document.add(new TextField("title", columns[1], Field.Store.NO));
        document.add(new TextField("body", columns[2], Field.Store.NO));
        try {
            writer.addDocument(document);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void search(Path folder, Path queries, Path run, float titleBoost) throws IOException {
        try (var reader = DirectoryReader.open(FSDirectory.open(folder));
                var analyzer = analyzer();
                var out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(run)), false, StandardCharsets.UTF_8)) {
            var searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity());
            for (String line : Files.readAllLines(queries, StandardCharsets.UTF_8)) {
                String[] columns = line.split("\t", 2);
                int rank = 0;
                for (ScoreDoc hit : searcher.search(query(analyzer, columns[1], titleBoost), DEPTH).scoreDocs) {
                    String id = searcher.storedFields().document(hit.doc).get("id");
                    out.printf(Locale.ROOT, "%s Q0 %s %d %.9g lucene%n", columns[0], id, ++rank, hit.score);
                }
            }
        }
    }

    /** Every analysed word, each as often as it was typed, in the title and in the body. */
    private static Query query(Analyzer analyzer, String text, float titleBoost) throws IOException {
        var words = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("body", text)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (titleBoost > 0) {
                    words.add(new BoostQuery(new TermQuery(new Term("title", term.toString())), titleBoost), Occur.SHOULD);
                }
                words.add(new TermQuery(new Term("body", term.toString())), Occur.SHOULD);
            }
            tokens.end();
        }
        return words.build();
    }
}

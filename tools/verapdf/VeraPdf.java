import java.io.FileInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Runs veraPDF, the reference validator, on several files in one process: a line for each rule that a file breaks
 * (file, flavour, clause, test number, how often, what it says), and one for each file and flavour that breaks none.
 *
 * Usage: VeraPdf FLAVOUR[,FLAVOUR] FILE... with flavours like ua1 and 2a. Exit code 1 when any rule is broken.
 */
public final class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean isValid = true;
        for (int place = 1; place < arguments.length; place++) {
            for (String code : arguments[0].split(",")) {
                isValid &= validate(arguments[place], PDFAFlavour.fromString(code));
            }
        }
        System.exit(isValid ? 0 : 1);
    }

    private static boolean validate(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 100, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> broken = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "\t" + assertion.getRuleId().getTestNumber()
                            + "\t" + assertion.getMessage();
                    broken.merge(rule, 1, Integer::sum);
                }
            }
            for (Map.Entry<String, Integer> rule : broken.entrySet()) {
                System.out.println(file + "\t" + flavour + "\tFAILED\t" + rule.getKey() + "\t" + rule.getValue());
            }
            if (broken.isEmpty() && result.isCompliant()) {
                System.out.println(file + "\t" + flavour + "\tpassed");
            }
            return result.isCompliant();
        }
    }
}

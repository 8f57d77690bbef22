package org.imapnotify.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "org.imapnotify.app", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> RULES = Set.of("QuirkRule", "Quirks", "Effect", "Fingerprint");

    /** Enums of other packages, the words in what netty tells (a command's name, a close's cause), are no logic. */
    @ArchTest
    static final ArchRule knowsTheCoreByItsNettyPackageAlone = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.app.client")
            .should()
            .dependOnClassesThat(resideInAPackage("org.imapnotify..")
                    .and(not(resideInAnyPackage("org.imapnotify.app..", "org.imapnotify.netty")))
                    .and(not(describe(
                            "a mailbox's name", type -> type.getSimpleName().equals("MailboxName"))))
                    .and(not(describe("enums", JavaClass::isEnum))));

    @ArchTest
    static final ArchRule knowsNoChannels =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.netty.channel..");

    /** And the rules by which servers are recognised, which are data. */
    @ArchTest
    static final ArchRule theClientKnowsGrammarAndWordsAlone = noClasses()
            .that()
            .resideInAPackage("org.imapnotify.app.client")
            .should()
            .dependOnClassesThat(resideInAPackage("org.imapnotify..")
                    .and(not(resideInAnyPackage(
                            "org.imapnotify.app.client", "org.imapnotify.wire", "org.imapnotify.notify")))
                    .and(not(describe("rules", type -> RULES.contains(type.getSimpleName())))));

    @ArchTest
    static final ArchRule greenMailIsTheDemosAlone = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.app.demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.icegreen..");

    @ArchTest
    static final ArchRule theDemoKnowsNothingOfTheCommandLine = noClasses()
            .that()
            .resideInAPackage("org.imapnotify.app.demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.imapnotify.app");
}

package org.imapnotify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.locks.Lock;

/** Imports go one way, and only one package knows channels, clocks and threads. */
@AnalyzeClasses(packages = "org.imapnotify", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule importsGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wire")
            .definedBy("org.imapnotify.wire..")
            .layer("notify")
            .definedBy("org.imapnotify.notify..")
            .layer("upstream")
            .definedBy("org.imapnotify.upstream..")
            .layer("watch")
            .definedBy("org.imapnotify.watch..")
            .layer("session")
            .definedBy("org.imapnotify.session..")
            .layer("netty")
            .definedBy("org.imapnotify.netty..")
            .whereLayer("netty")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("netty")
            .whereLayer("watch")
            .mayOnlyBeAccessedByLayers("session", "netty")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("watch", "session", "netty")
            .whereLayer("notify")
            .mayOnlyBeAccessedByLayers("watch", "session", "netty");

    @ArchTest
    static final ArchRule onlyNettyKnowsChannels = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.netty..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..", "io.netty.util.concurrent..");

    @ArchTest
    static final ArchRule wireKnowsBuffersAndNothingElse = classes()
            .that()
            .resideInAPackage("org.imapnotify.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.imapnotify.wire..", "io.netty.buffer..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule machinesLogNothing = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.netty..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.slf4j..");

    @ArchTest
    static final ArchRule machinesHaveNoThreads = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.netty..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Lock.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent");

    @ArchTest
    static final ArchRule machinesHaveNoClock = noClasses()
            .that()
            .resideOutsideOfPackage("org.imapnotify.netty..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}

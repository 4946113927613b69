@echo off
rem cco test [--all]      builds everything and runs every test; --all adds the long ones
rem cco benchmark ...     measures, as tests\Cco.Pipeline.Benchmarks\RESULTS.md says
rem cco <anything else>   the program itself: cco --help
rem Needs the .NET 10 SDK, and for the tests of the lake in a storage account Node.js. Builds when a source is newer than the last build.
setlocal

set "root=%~dp0"
set "cli=%root%functions\Cco.Pipeline.Cli"
set "benchmarks=%root%tests\Cco.Pipeline.Benchmarks"
set "published=bin\publish"
set "program=%cli%\%published%\cco.dll"
set "built=%cli%\obj\cco.built"
set "packages=%root%PackageSource.props"
set "log=%cli%\obj\cco.log"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_CLI_UI_LANGUAGE=en
set MSBUILDTERMINALLOGGER=off

where dotnet >nul 2>nul || (echo The .NET 10 SDK is needed: 'dotnet' is not on the PATH.>&2 & exit /b 70)
for %%d in (Cco.Pipeline Cco.Pipeline.Cli) do for %%f in (bin obj) do if not exist "%root%functions\%%d\%%f" mkdir "%root%functions\%%d\%%f"

if /i "%~1"=="test" goto test
if /i "%~1"=="benchmark" goto benchmark

rem Who runs the program need not wait for the analyzers of its source: `test` has them look.
call :publish_program "-p:RunAnalyzers=false" || exit /b 70
dotnet "%program%" %*
exit /b %errorlevel%

rem Publishes the program, unless what is published is current; an argument is for the build.
:publish_program
call :is_current && exit /b 0
echo building...>&2
type nul >"%built%.next"
call :choose_packages
call :make publish "%cli%" -o "%cli%\%published%" %~1 || exit /b 1
move /y "%built%.next" "%built%" >nul
exit /b 0

rem A file that is newer than the last build, or a folder, which is newer once something in it was added or deleted.
:is_current
if not exist "%program%" exit /b 1
if not exist "%built%" exit /b 1
powershell -NoProfile -Command "Set-Location -LiteralPath $env:root; $built = (Get-Item -LiteralPath $env:built).LastWriteTimeUtc; $folders = 'functions/Cco.Pipeline', 'functions/Cco.Pipeline.Cli', 'transforms'; $newer = @(Get-Item ($folders + 'Directory.Build.props', 'Directory.Packages.props', '.editorconfig', 'BannedSymbols.txt', 'global.json')) + @(Get-ChildItem $folders -Recurse) | Where-Object { $_.LastWriteTimeUtc -gt $built -and $_.FullName.Substring($env:root.Length) -notmatch '[\\/](bin|obj)([\\/]|$)' } | Select-Object -First 1; if ($newer) { exit 1 }"
exit /b %errorlevel%

rem Asks the package source once for packages that the build can do without, those of the Functions app where it is built; Directory.Build.props reads the answers.
:choose_packages
set "worker="
set "ahead="
if exist "%packages%" for /f "tokens=2 delims=<> " %%a in ('findstr /c:"<CompileAhead>" "%packages%"') do set "ahead=%%a"
if exist "%packages%" for /f "tokens=2 delims=<> " %%a in ('findstr /c:"<FunctionsWorkerPackages>" "%packages%"') do set "worker=%%a"
if defined ahead if defined worker exit /b 0
if defined ahead if not "%~1"=="app" exit /b 0
if defined ahead goto choose_worker
set ahead=true
call :asks_for functions\Cco.Pipeline.Cli -p:CompileAhead=true || set ahead=false
if %ahead%==false call :misses_some || exit /b 1
:choose_worker
if defined worker goto note_packages
if not "%~1"=="app" goto note_packages
set worker=real
call :asks_for functions\Cco.Pipeline.Functions -p:FunctionsWorkerPackages=real || set worker=standin
if %worker%==standin call :misses_some || exit /b 1
if %worker%==real echo The Functions app is built with the Azure Functions worker packages.>&2
if %worker%==standin echo The package source does not have all Azure Functions worker packages: the Functions app is built with tests/FunctionsWorker.StandIn.>&2
:note_packages
>"%packages%" echo ^<Project^>
>>"%packages%" echo   ^<!-- What the package source answered when cco asked it. Delete this file to ask again. --^>
>>"%packages%" echo   ^<PropertyGroup^>
>>"%packages%" echo     ^<!-- Whether it has the compiler of machine code, with which the program starts a third faster. --^>
>>"%packages%" echo     ^<CompileAhead^>%ahead%^</CompileAhead^>
if defined worker >>"%packages%" echo     ^<!-- The Azure Functions worker packages: real, or standin where some are missing. --^>
if defined worker >>"%packages%" echo     ^<FunctionsWorkerPackages^>%worker%^</FunctionsWorkerPackages^>
>>"%packages%" echo   ^</PropertyGroup^>
>>"%packages%" echo ^</Project^>
exit /b 0

rem Whether a project can be restored with a property.
:asks_for
pushd "%root%"
dotnet restore %1 -v q %2=%3 >"%log%" 2>&1
set restored=%errorlevel%
popd
exit /b %restored%

:misses_some
findstr /r /c:"error NU110[1-3]:" /c:"error NU160[1-8]:" "%log%" >nul
exit /b %errorlevel%

rem Builds or publishes quietly; prints what is wrong if something is.
:make
pushd "%root%"
dotnet %* -c Release -v q -clp:ErrorsOnly >"%log%" 2>&1 || (popd & type "%log%" >&2 & exit /b 1)
popd
exit /b 0

:benchmark
echo building...>&2
call :choose_packages
call :make publish "%benchmarks%" -o "%benchmarks%\%published%" || exit /b 70
for /f "tokens=1,* delims= " %%a in ("%*") do set "arguments=%%b"
dotnet "%benchmarks%\%published%\Cco.Pipeline.Benchmarks.dll" %arguments%
exit /b %errorlevel%

:test
set /a passed=0, failed=0, skipped=0
set explicit=off
if /i "%~2"=="--all" set explicit=on
call :choose_packages app || (type "%log%" >&2 & set failed=1 & goto counted)
call :install_emulator || (type "%log%" >&2 & set failed=1 & goto counted)
call :publish_program || (set failed=1 & goto counted)
call :make build Cco.Pipeline.sln || (set failed=1 & goto counted)
rem Style is the build's business: it knows every rule of .editorconfig but where blanks and line ends go.
pushd "%root%"
dotnet format whitespace . --folder --verify-no-changes || (set /a failed+=1 & echo Mend it with: dotnet format whitespace . --folder>&2)
for /f "delims=" %%p in ('findstr /s /m /c:"<IsTestProject>true" tests\*.csproj') do call :run_tests %%~np
popd
goto counted

rem The storage emulator that tests start, as its lock file says; those tests are skipped where there is no Node.js.
:install_emulator
where npm >nul 2>nul || exit /b 0
if exist "%root%tests\Azurite\node_modules\.package-lock.json" exit /b 0
echo installing the storage emulator Azurite...>&2
pushd "%root%tests\Azurite"
call npm ci --ignore-scripts --no-audit --no-fund >"%log%" 2>&1
set installed=%errorlevel%
popd
exit /b %installed%

:counted
echo %passed% passed, %failed% failed, %skipped% skipped
if %failed%==0 exit /b 0
exit /b 1

:run_tests
pushd "%root%tests\%1\bin\Release\net10.0"
set "CCO_PROGRAM=%cli%\%published%\cco.exe"
dotnet %1.dll -noLogo -noColor -explicit %explicit% >"%log%" 2>&1
popd
type "%log%"
set count=
for /f "tokens=2,4,6,8,10 delims=:," %%a in ('findstr /r /c:"Total: .*, Not Run: " "%log%"') do (
  set count=1
  set /a passed+=%%a-%%b-%%c-%%d-%%e, failed+=%%b+%%c, skipped+=%%d+%%e
)
if not defined count set /a failed+=1
exit /b 0
